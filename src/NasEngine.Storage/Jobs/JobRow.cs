using System.Data.Common;
using NasEngine.Core.Jobs;

namespace NasEngine.Storage.Jobs;

/// <summary>Reads jobs from their table.</summary>
internal static class JobRow
{
    /// <summary>The columns, in the order that <see cref="Read"/> expects.</summary>
    public const string Columns =
        "id, kind, title, queue, state, priority, run_id, payload, key, attempt, max_attempts, interruptions, created_at, due_at, started_at, finished_at, "
        + "worker, execution, error, result, cancel_requested, revision";

    /// <summary>The condition of a job that has not ended.</summary>
    public const string Unfinished = "state IN ('Awaiting', 'Scheduled', 'Enqueued', 'Processing')";

    /// <summary>The condition of a job whose queue hands out jobs.</summary>
    public const string NotPaused = "NOT EXISTS (SELECT 1 FROM paused_queues WHERE paused_queues.queue = jobs.queue)";

    /// <summary>Reads a row.</summary>
    public static JobRecord Read(SqlRow row) => new()
    {
        Id = row.Text(0),
        Kind = row.Text(1),
        Title = row.Text(2),
        Queue = row.Text(3),
        State = row.Name<JobState>(4),
        Priority = (int)row.Whole(5),
        RunId = row.TextOrNull(6),
        Payload = row.Json(7),
        Key = row.TextOrNull(8),
        Attempt = (int)row.Whole(9),
        MaxAttempts = (int)row.Whole(10),
        Interruptions = (int)row.Whole(11),
        CreatedAt = row.Instant(12),
        DueAt = row.InstantOrNull(13),
        StartedAt = row.InstantOrNull(14),
        FinishedAt = row.InstantOrNull(15),
        Worker = row.TextOrNull(16),
        Execution = row.TextOrNull(17),
        Error = row.TextOrNull(18),
        Result = row.JsonOrNull(19),
        CancelRequested = row.Flag(20),
        Revision = row.Whole(21),
    };

    /// <summary>Changes jobs and gives them as they are then.</summary>
    public static List<JobRecord> Update(
        SqlDatabase database, DbConnection connection, DbTransaction transaction, string assignments, string condition, object parameters) =>
        database.Query(
            connection, transaction, $"UPDATE jobs SET {assignments}, revision = revision + 1 WHERE {condition} RETURNING {Columns}", parameters, Read);
}
