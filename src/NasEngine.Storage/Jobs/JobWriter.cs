using System.Data.Common;
using Dapper;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;

namespace NasEngine.Storage.Jobs;

/// <summary>The parts that changes of jobs are made of, each within the transaction of its caller.</summary>
internal sealed class JobWriter(SqlDatabase database, JobIds ids)
{
    // An unfinished job with the same key may end between two looks at it.
    private const int KeyAttempts = 5;

    /// <summary>Adds jobs; see <see cref="IJobStore.AddAsync"/>.</summary>
    public List<JobRecord> Add(DbConnection connection, DbTransaction transaction, IReadOnlyList<JobRequest> requests, string now)
    {
        List<JobRecord> added = [];
        Dictionary<string, string> actual = new(StringComparer.Ordinal);
        foreach (JobRequest request in requests)
        {
            Check(request);
            string[] after = [.. request.After.Select(id => actual.GetValueOrDefault(id, id)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            JobRecord job = Insert(connection, transaction, request, after, now);
            added.Add(job);
            if (request.Id is not null)
            {
                actual[request.Id] = job.Id;
            }
        }

        return added;
    }

    /// <summary>Notes that jobs came to a state.</summary>
    public static void Note(DbConnection connection, DbTransaction transaction, IEnumerable<JobRecord> jobs, string now, string? note) =>
        connection.Execute(
            "INSERT INTO job_changes (job_id, run_id, state, at, worker, note) VALUES (@Id, @RunId, @State, @now, @Worker, @note)",
            jobs.Select(job => new { job.Id, job.RunId, State = job.State.ToString(), now, Worker = job.State == JobState.Processing ? job.Worker : null, note }), transaction);

    /// <summary>Lets the jobs go on that wait for one that succeeded.</summary>
    public void Release(DbConnection connection, DbTransaction transaction, string id, string now)
    {
        List<string> waiting = database.Query(
            connection, transaction, "UPDATE job_after SET is_open = 0 WHERE after_id = @id AND is_open = 1 RETURNING job_id", new { id }, row => row.Text(0));
        foreach (string job in waiting.Order(StringComparer.Ordinal))
        {
            connection.Execute("UPDATE jobs SET open_after = open_after - 1 WHERE id = @job", new { job }, transaction);
            Note(
                connection, transaction,
                JobRow.Update(database, connection, transaction, "state = 'Enqueued', planned = 0", "id = @job AND state = 'Awaiting' AND open_after <= 0", new { job }), now, null);
        }
    }

    /// <summary>Counts a job's end in its hour.</summary>
    public static void Count(DbConnection connection, DbTransaction transaction, JobState outcome, string now)
    {
        if (outcome is JobState.Succeeded or JobState.Failed)
        {
            connection.Execute(
                """
                INSERT INTO job_hours (hour, succeeded, failed) VALUES (@hour, @good, @bad)
                ON CONFLICT (hour) DO UPDATE SET succeeded = job_hours.succeeded + excluded.succeeded, failed = job_hours.failed + excluded.failed
                """,
                new { hour = string.Concat(now.AsSpan(0, 13), ":00:00.0000000Z"), good = outcome == JobState.Succeeded ? 1L : 0L, bad = outcome == JobState.Failed ? 1L : 0L }, transaction);
        }
    }

    private static void Check(JobRequest request)
    {
        ArgumentException.ThrowIfNullOrEmpty(request.Kind);
        ArgumentException.ThrowIfNullOrEmpty(request.Queue);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Priority, JobRequest.LowestPriority);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Priority, -JobRequest.LowestPriority);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.MaxAttempts, 100);
        StoredJson.Require(request.Payload);
    }

    private JobRecord Insert(DbConnection connection, DbTransaction transaction, JobRequest request, string[] after, string now)
    {
        int open = CountOpen(connection, transaction, after);
        JobState state = open > 0 ? JobState.Awaiting : request.DueAt is null || string.CompareOrdinal(SqlRow.Format(request.DueAt.Value), now) <= 0 ? JobState.Enqueued : JobState.Scheduled;
        for (int attempt = 0; attempt < KeyAttempts; attempt++)
        {
            List<JobRecord> added = database.Query(
                connection, transaction,
                $"""
                INSERT INTO jobs (id, kind, title, queue, state, priority, run_id, payload, key, attempt, max_attempts, interruptions, created_at, due_at,
                    cancel_requested, revision, planned, open_after)
                VALUES (@id, @Kind, @Title, @Queue, @state, @Priority, @RunId, @Payload, @Key, 0, @MaxAttempts, 0, @now, @due, 0, 0, 0, @open)
                ON CONFLICT DO NOTHING RETURNING {JobRow.Columns}
                """,
                new
                {
                    id = request.Id ?? ids.Next(), request.Kind, request.Title, request.Queue, state = state.ToString(), request.Priority, request.RunId, request.Payload,
                    request.Key, request.MaxAttempts, now, due = SqlRow.Format(request.DueAt), open,
                },
                JobRow.Read);
            if (added.Count == 1)
            {
                connection.Execute(
                    "INSERT INTO job_after (job_id, after_id, is_open) SELECT @id, id, CASE WHEN state = 'Succeeded' THEN 0 ELSE 1 END FROM jobs WHERE id = @cause",
                    after.Select(cause => new { id = added[0].Id, cause }), transaction);
                Note(connection, transaction, added, now, null);
                return added[0];
            }

            List<JobRecord> known = database.Query(
                connection, transaction, $"SELECT {JobRow.Columns} FROM jobs WHERE id = @Id OR (key = @Key AND {JobRow.Unfinished})", new { request.Id, request.Key }, JobRow.Read);
            if (known.Count > 0)
            {
                return known[0];
            }
        }

        throw new WorkFailedException($"Job '{request.Title}' could not be added: others add and end jobs with its key '{request.Key}' all the time.");
    }

    private int CountOpen(DbConnection connection, DbTransaction transaction, string[] after)
    {
        int open = 0;
        foreach (string cause in after)
        {
            List<JobState> found = database.Query(
                connection, transaction, $"SELECT state FROM jobs WHERE id = @cause {database.Dialect.ForUpdate}", new { cause }, row => row.Name<JobState>(0));
            open += found.Count == 0 ? throw new UsageException($"There is no job '{cause}' to wait for.") : found[0] == JobState.Succeeded ? 0 : 1;
        }

        return open;
    }
}
