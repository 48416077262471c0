using System.Data.Common;
using Dapper;
using NasEngine.Core.Search;
using NasEngine.Storage.Runs;
using Npgsql;
using NpgsqlTypes;

namespace NasEngine.Storage.Postgres;

/// <summary>Appends evaluations as two arrays, in one exchange with the server. Writers of one stage come one after the other, held by the stage's row.</summary>
/// <remarks>The statements are prepared once for each connection. Planning them took longer than carrying them out.</remarks>
internal sealed class PostgresEvaluationWriter : EvaluationWriter
{
    // The plan is kept while the table grows, so it may not be one that suits an empty table.
    private const string KeepToIndexes = "SELECT set_config('enable_seqscan', 'off', true)";

    private const string LockStage =
        """
        SELECT stage_key FROM runs JOIN stages USING (run_key) WHERE id = $1 AND stage = $2 FOR KEY SHARE OF runs FOR UPDATE OF stages
        """;

    // A statement of its own, so that it sees what was committed while the one before waited for the lock. MATERIALIZED: the last number is
    // looked up once, not for each row. LIMIT keeps the look-ups of genotypes apart: a join could read the whole stage.
    private const string InsertNew =
        """
        WITH the AS MATERIALIZED (
            SELECT stage_key, (SELECT COALESCE(MAX(sequence) + 1, 0) FROM evaluations AS last WHERE last.stage_key = stages.stage_key) AS next
            FROM runs JOIN stages USING (run_key) WHERE id = $1 AND stage = $2)
        INSERT INTO evaluations (stage_key, sequence, genotype, metrics)
        SELECT stage_key, next + ROW_NUMBER() OVER (ORDER BY place) - 1, genotype, metrics
        FROM the, unnest($3, $4) WITH ORDINALITY AS new (genotype, metrics, place)
        WHERE (SELECT 1 FROM evaluations AS known WHERE known.stage_key = the.stage_key AND known.genotype = new.genotype COLLATE "C" LIMIT 1) IS NULL
        """;

    private const string AddStage =
        """
        INSERT INTO stages (run_key, stage) SELECT run_key, @stage FROM runs WHERE id = @runId FOR KEY SHARE ON CONFLICT (run_key, stage) DO NOTHING
        """;

    /// <inheritdoc/>
    public override bool Append(
        DbConnection connection, DbTransaction transaction, string runId, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations)
    {
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

        if (Insert((NpgsqlConnection)connection, (NpgsqlTransaction)transaction, runId, stage, genotypes, documents))
        {
            return true;
        }

        connection.Execute(AddStage, new { runId, stage }, transaction);
        return Insert((NpgsqlConnection)connection, (NpgsqlTransaction)transaction, runId, stage, genotypes, documents);
    }

    // Whether there is such a stage.
    private static bool Insert(NpgsqlConnection connection, NpgsqlTransaction transaction, string runId, string stage, List<string> genotypes, List<string> documents)
    {
        using NpgsqlBatch batch = new(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(KeepToIndexes));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockStage) { Parameters = { Text(runId), Text(stage) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertNew) { Parameters = { Text(runId), Text(stage), Texts(genotypes), Texts(documents) } });
        batch.Prepare();
        using NpgsqlDataReader reader = batch.ExecuteReader();
        reader.NextResult();
        bool isThere = reader.Read();
        reader.NextResult(); // waits for the insert: a reader that is closed before passes over some of its failures
        return isThere;
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<List<string>> Texts(List<string> values) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
