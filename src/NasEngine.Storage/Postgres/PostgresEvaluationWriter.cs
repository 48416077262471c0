using System.Data.Common;
using Dapper;
using NasEngine.Core.Search;
using NasEngine.Storage.Runs;
using Npgsql;
using NpgsqlTypes;

namespace NasEngine.Storage.Postgres;

/// <summary>Appends evaluations as two arrays with one statement. Writers of one stage come one after the other, held by the stage's row.</summary>
internal sealed class PostgresEvaluationWriter : EvaluationWriter
{
    private const string FindStage = "SELECT stage_key FROM stages WHERE run_key = @runKey AND stage = @stage FOR UPDATE";

    private const string Insert =
        """
        INSERT INTO evaluations (stage_key, sequence, genotype, metrics)
        SELECT $1, (SELECT COALESCE(MAX(sequence), -1) FROM evaluations WHERE stage_key = $1) + ROW_NUMBER() OVER (ORDER BY place), genotype, metrics
        FROM unnest($2, $3) WITH ORDINALITY AS new (genotype, metrics, place)
        WHERE NOT EXISTS (SELECT 1 FROM evaluations AS known WHERE known.stage_key = $1 AND known.genotype = new.genotype COLLATE "C")
        """;

    /// <inheritdoc/>
    public override void Append(
        DbConnection connection, DbTransaction transaction, long runKey, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations)
    {
        long stageKey = connection.ExecuteScalar<long?>(FindStage, new { runKey, stage }, transaction) ?? AddStage(connection, transaction, runKey, stage);
        HashSet<string> seen = new(evaluations.Count, StringComparer.Ordinal);
        List<string> genotypes = new(evaluations.Count);
        List<string> documents = new(evaluations.Count);
        using MetricsDocument.Writer writer = new();
        foreach ((string genotype, MetricSet metrics) in evaluations)
        {
            ArgumentNullException.ThrowIfNull(genotype, nameof(evaluations));
            if (seen.Add(genotype))
            {
                genotypes.Add(genotype);
                documents.Add(writer.Write(metrics));
            }
        }

        using NpgsqlCommand insert = new(Insert, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stageKey, NpgsqlDbType = NpgsqlDbType.Bigint });
        insert.Parameters.Add(new NpgsqlParameter { Value = genotypes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        insert.Parameters.Add(new NpgsqlParameter { Value = documents, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        insert.ExecuteNonQuery();
    }

    private static long AddStage(DbConnection connection, DbTransaction transaction, long runKey, string stage)
    {
        connection.Execute("INSERT INTO stages (run_key, stage) VALUES (@runKey, @stage) ON CONFLICT (run_key, stage) DO NOTHING", new { runKey, stage }, transaction);
        return connection.ExecuteScalar<long>(FindStage, new { runKey, stage }, transaction);
    }
}
