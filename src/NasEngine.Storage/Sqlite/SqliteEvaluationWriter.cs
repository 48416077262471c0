using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using NasEngine.Core.Search;
using NasEngine.Storage.Runs;

namespace NasEngine.Storage.Sqlite;

/// <summary>Appends evaluations with a statement that is prepared once.</summary>
/// <remarks>Not thread-safe; belongs to the one connection that writes, which disposes the statement with itself.</remarks>
internal sealed class SqliteEvaluationWriter : EvaluationWriter
{
    private SqliteCommand? _insert;

    /// <inheritdoc/>
    public override void Append(
        DbConnection connection, DbTransaction transaction, long runKey, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations)
    {
        connection.Execute("INSERT INTO stages (run_key, stage) VALUES (@runKey, @stage) ON CONFLICT (run_key, stage) DO NOTHING", new { runKey, stage }, transaction);
        long stageKey = connection.ExecuteScalar<long>("SELECT stage_key FROM stages WHERE run_key = @runKey AND stage = @stage", new { runKey, stage }, transaction);
        long next = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence) + 1, 0) FROM evaluations WHERE stage_key = @stageKey", new { stageKey }, transaction);
        using MetricsDocument.Writer documents = new();
        SqliteCommand insert = _insert ??= Prepare((SqliteConnection)connection);
        insert.Transaction = (SqliteTransaction)transaction;
        insert.Parameters[0].Value = stageKey;
        foreach ((string genotype, MetricSet metrics) in evaluations)
        {
            insert.Parameters[1].Value = next;
            insert.Parameters[2].Value = genotype;
            insert.Parameters[3].Value = documents.Write(metrics);
            next += insert.ExecuteNonQuery();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO evaluations (stage_key, sequence, genotype, metrics) VALUES ($stage, $sequence, $genotype, $metrics) ON CONFLICT (stage_key, genotype) DO NOTHING";
        command.Parameters.Add("$stage", SqliteType.Integer);
        command.Parameters.Add("$sequence", SqliteType.Integer);
        command.Parameters.Add("$genotype", SqliteType.Text);
        command.Parameters.Add("$metrics", SqliteType.Text);
        return command;
    }
}
