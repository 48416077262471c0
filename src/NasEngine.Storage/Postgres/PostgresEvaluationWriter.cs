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
    // The second statement sees what was committed while the first waited for the lock. Both go to the server together.
    private const string LockStage =
        """
        SELECT stage_key FROM stages WHERE run_key = @runKey AND stage = @stage FOR UPDATE;
        SELECT COALESCE(MAX(sequence) + 1, 0) FROM evaluations JOIN stages USING (stage_key) WHERE run_key = @runKey AND stage = @stage;
        """;

    private const string InsertAll =
        """
        INSERT INTO evaluations (stage_key, sequence, genotype, metrics)
        SELECT $1, $2 + place - 1, genotype, metrics FROM unnest($3, $4) WITH ORDINALITY AS new (genotype, metrics, place)
        ON CONFLICT (stage_key, genotype) DO NOTHING
        """;

    private const string InsertNew =
        """
        INSERT INTO evaluations (stage_key, sequence, genotype, metrics)
        SELECT $1, $2 + ROW_NUMBER() OVER (ORDER BY place) - 1, genotype, metrics FROM unnest($3, $4) WITH ORDINALITY AS new (genotype, metrics, place)
        WHERE NOT EXISTS (SELECT 1 FROM evaluations AS known WHERE known.stage_key = $1 AND known.genotype = new.genotype COLLATE "C")
        """;

    /// <inheritdoc/>
    public override void Append(
        DbConnection connection, DbTransaction transaction, long runKey, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations)
    {
        (long stageKey, long next) = Lock(connection, transaction, runKey, stage) ?? AddStage(connection, transaction, runKey, stage);
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

        // Nearly always all are new. Otherwise the numbers have gaps: once more, with those alone that are not there.
        if (Insert(InsertAll) < genotypes.Count)
        {
            connection.Execute("DELETE FROM evaluations WHERE stage_key = @stageKey AND sequence >= @next", new { stageKey, next }, transaction);
            Insert(InsertNew);
        }

        int Insert(string sql)
        {
#pragma warning disable CA2100 // one of the two statements above
            using NpgsqlCommand insert = new(sql, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
#pragma warning restore CA2100
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stageKey, NpgsqlDbType = NpgsqlDbType.Bigint });
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = next, NpgsqlDbType = NpgsqlDbType.Bigint });
            insert.Parameters.Add(new NpgsqlParameter { Value = genotypes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            insert.Parameters.Add(new NpgsqlParameter { Value = documents, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            return insert.ExecuteNonQuery();
        }
    }

    private static (long StageKey, long Next) AddStage(DbConnection connection, DbTransaction transaction, long runKey, string stage)
    {
        connection.Execute("INSERT INTO stages (run_key, stage) VALUES (@runKey, @stage) ON CONFLICT (run_key, stage) DO NOTHING", new { runKey, stage }, transaction);
        return Lock(connection, transaction, runKey, stage)!.Value;
    }

    private static (long StageKey, long Next)? Lock(DbConnection connection, DbTransaction transaction, long runKey, string stage)
    {
        using SqlMapper.GridReader answers = connection.QueryMultiple(LockStage, new { runKey, stage }, transaction);
        long? stageKey = answers.ReadSingleOrDefault<long?>();
        long next = answers.ReadSingle<long>();
        return stageKey is long key ? (key, next) : null;
    }
}
