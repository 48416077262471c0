using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using NasEngine.Core.Search;
using NasEngine.Storage.Runs;
using SQLitePCL;

namespace NasEngine.Storage.Sqlite;

/// <summary>Appends evaluations with a statement that is prepared once for a batch, below ADO.NET, where UTF-8 is bound as it is.</summary>
internal sealed class SqliteEvaluationWriter : EvaluationWriter
{
    private const string Insert =
        "INSERT INTO evaluations (stage_key, sequence, genotype, metrics) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (stage_key, genotype) DO NOTHING";

    /// <inheritdoc/>
    public override bool Append(
        DbConnection connection, DbTransaction transaction, string runId, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations)
    {
        if (connection.ExecuteScalar<long?>("SELECT run_key FROM runs WHERE id = @runId", new { runId }, transaction) is not long runKey)
        {
            return false;
        }

        connection.Execute("INSERT INTO stages (run_key, stage) VALUES (@runKey, @stage) ON CONFLICT (run_key, stage) DO NOTHING", new { runKey, stage }, transaction);
        long stageKey = connection.ExecuteScalar<long>("SELECT stage_key FROM stages WHERE run_key = @runKey AND stage = @stage", new { runKey, stage }, transaction);
        long next = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence) + 1, 0) FROM evaluations WHERE stage_key = @stageKey", new { stageKey }, transaction);
        sqlite3 handle = ((SqliteConnection)connection).Handle!;
        using MetricsDocument.Writer documents = new();
        Check(raw.sqlite3_prepare_v2(handle, Insert, out sqlite3_stmt insert), handle);
        using (insert)
        {
            raw.sqlite3_bind_int64(insert, 1, stageKey);
            foreach ((string genotype, MetricSet metrics) in evaluations)
            {
                ArgumentNullException.ThrowIfNull(genotype, nameof(evaluations));
                raw.sqlite3_bind_int64(insert, 2, next);
                Check(raw.sqlite3_bind_text(insert, 3, genotype), handle);
                Check(raw.sqlite3_bind_text(insert, 4, documents.WriteUtf8(metrics)), handle);
                Check(raw.sqlite3_step(insert), handle);
                next += raw.sqlite3_changes(handle);
                raw.sqlite3_reset(insert);
            }
        }

        return true;
    }

    private static void Check(int code, sqlite3 handle)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, handle);
        }
    }
}
