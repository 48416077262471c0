using System.Data.Common;
using Dapper;
using NasEngine.Core.Jobs;

namespace NasEngine.Storage.Jobs;

/// <summary>Keeps jobs in a database.</summary>
internal sealed class SqlJobStore(SqlDatabase database, TimeProvider time) : IJobStore
{
    // A job that takes every worker down with it must not go on doing so for ever; one that is merely long survives this many kills.
    private const int MaxInterruptions = 25;

    private readonly JobWriter _writer = new(database, new JobIds(time));

    private string Now => SqlRow.Format(time.GetUtcNow());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobRecord>> AddAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        string now = Now;
        return await database.WriteAsync((connection, transaction) => _writer.Add(connection, transaction, requests, now), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<JobRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await database.ReadAsync($"SELECT {JobRow.Columns} FROM jobs WHERE id = @id", new { id }, JobRow.Read, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetAfterAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync("SELECT after_id FROM job_after WHERE job_id = @id ORDER BY after_id", new { id }, row => row.Text(0), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 500);
        List<string> conditions = [];
        AddIf(query.State is not null, "state = @state");
        AddIf(query.Queue is not null, "queue = @Queue");
        AddIf(query.RunId is not null, "run_id = @RunId");
        AddIf(query.Kind is not null, "kind = @Kind");
        object parameters = new { state = query.State?.ToString(), query.Queue, query.RunId, query.Kind, query.Cursor, limit = query.Limit + 1 };
        string where = conditions.Count > 0 ? "WHERE " + string.Join(" AND ", conditions) : string.Empty;
        List<long> total = await database.ReadAsync($"SELECT COUNT(*) FROM jobs {where}", parameters, row => row.Whole(0), cancellationToken).ConfigureAwait(false);
        AddIf(query.Cursor is not null, "id < @Cursor");
        where = conditions.Count > 0 ? "WHERE " + string.Join(" AND ", conditions) : string.Empty;
        List<JobRecord> jobs = await database.ReadAsync(
            $"SELECT {JobRow.Columns} FROM jobs {where} ORDER BY id DESC LIMIT @limit", parameters, JobRow.Read, cancellationToken).ConfigureAwait(false);
        bool more = jobs.Count > query.Limit;
        return new JobPage(more ? jobs[..query.Limit] : jobs, total[0], more ? jobs[query.Limit - 1].Id : null);

        void AddIf(bool wanted, string condition)
        {
            if (wanted)
            {
                conditions.Add(condition);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<JobState, long>> CountAsync(string? runId, CancellationToken cancellationToken)
    {
        string where = runId is null ? string.Empty : "WHERE run_id = @runId";
        List<(JobState State, long Count)> found = await database.ReadAsync(
            $"SELECT state, COUNT(*) FROM jobs {where} GROUP BY state", new { runId }, row => (row.Name<JobState>(0), row.Whole(1)), cancellationToken).ConfigureAwait(false);
        return Enum.GetValues<JobState>().ToDictionary(state => state, state => found.Where(pair => pair.State == state).Sum(pair => pair.Count));
    }

    /// <inheritdoc/>
    public Task<JobRecord?> TryStartAsync(string id, string worker, CancellationToken cancellationToken)
    {
        const string Due = "id = @id AND (state = 'Enqueued' OR (state = 'Scheduled' AND (due_at IS NULL OR due_at <= @now)))";
        string now = Now;
        return database.WriteAsync(
            (connection, transaction) =>
            {
                List<JobRecord> started = JobRow.Update(
                    database, connection, transaction,
                    "state = 'Processing', worker = @worker, execution = @execution, started_at = @now, finished_at = NULL, attempt = attempt + 1", $"{Due} AND {JobRow.NotPaused}",
                    new { id, worker, execution = Guid.NewGuid().ToString("N"), now });
                if (started.Count == 0)
                {
                    // What has fired is gone from the scheduler: it has to hear of the job again once the queue goes on.
                    JobRow.Update(database, connection, transaction, "planned = 0", Due, new { id, now });
                }

                JobWriter.Note(connection, transaction, started, now, null);
                return started.SingleOrDefault();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> FinishAsync(
        JobRecord job, JobState outcome, string? result, string? reason, IReadOnlyList<JobRequest> followUps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(followUps);
        if (!outcome.IsFinished())
        {
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "A job ends as succeeded, failed or deleted.");
        }

        string now = Now;
        return database.WriteAsync(
            (connection, transaction) =>
            {
                List<JobRecord> ended = JobRow.Update(
                    database, connection, transaction,
                    "state = CASE WHEN cancel_requested = 1 AND @outcome = 'Succeeded' THEN 'Deleted' ELSE @outcome END, result = @result, error = @reason, finished_at = @now, cancel_requested = 0, interruptions = 0", Mine,
                    new { job.Id, job.Execution, outcome = outcome.ToString(), result, reason, now });
                if (ended.Count == 0)
                {
                    return false;
                }

                // One that was asked to stop in its last moment keeps what it did, but nothing follows from it.
                JobState state = ended[0].State;
                JobWriter.Note(connection, transaction, ended, now, reason);
                JobWriter.Count(connection, transaction, state, now);
                if (state == outcome)
                {
                    _writer.Add(connection, transaction, followUps, now);
                }

                if (state == JobState.Succeeded)
                {
                    _writer.Release(connection, transaction, job.Id, now);
                }

                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RetryAsync(JobRecord job, DateTimeOffset dueAt, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return await ChangeOneAsync(
            "state = 'Scheduled', planned = 0, due_at = @due, error = @reason, finished_at = @now", Mine,
            now => new { job.Id, job.Execution, due = SqlRow.Format(dueAt), reason, now }, reason, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    public async Task<bool> ReleaseAsync(JobRecord job, DateTimeOffset? dueAt, string note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return await ChangeOneAsync(
            $"state = '{(dueAt is null ? JobState.Enqueued : JobState.Scheduled)}', planned = 0, due_at = @due, attempt = attempt - 1", Mine,
            _ => new { job.Id, job.Execution, due = SqlRow.Format(dueAt) }, note, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobRecord>> TakeFromAsync(string worker, string note, CancellationToken cancellationToken)
    {
        string now = Now;
        return await database.WriteAsync(
            (connection, transaction) =>
            {
                const string Held = "worker = @worker AND state = 'Processing'";
                List<JobRecord> all = JobRow.Update(
                    database, connection, transaction, "state = 'Deleted', finished_at = @now, cancel_requested = 0", $"{Held} AND cancel_requested = 1", new { worker, now });
                List<JobRecord> failed = JobRow.Update(
                    database, connection, transaction,
                    "state = 'Failed', finished_at = @now, error = @reason", $"{Held} AND interruptions >= @most",
                    new { worker, now, most = MaxInterruptions, reason = $"{MaxInterruptions + 1} workers in a row died over it." });
                foreach (JobRecord _ in failed)
                {
                    JobWriter.Count(connection, transaction, JobState.Failed, now);
                }

                all.AddRange(failed);
                all.AddRange(JobRow.Update(
                    database, connection, transaction,
                    "state = 'Enqueued', planned = 0, due_at = NULL, attempt = attempt - 1, interruptions = interruptions + 1", Held, new { worker }));
                JobWriter.Note(connection, transaction, all, now, note);
                return all;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobRecord>> HeldByAsync(string worker, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"SELECT {JobRow.Columns} FROM jobs WHERE worker = @worker AND state = 'Processing'", new { worker }, JobRow.Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetHoldersAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync("SELECT DISTINCT worker FROM jobs WHERE state = 'Processing'", null, row => row.Text(0), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobRecord>> RequeueAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string now = Now;
        return await database.WriteAsync(
            (connection, transaction) =>
            {
                List<JobRecord> all = [];
                foreach (string id in ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                {
                    all.AddRange(JobRow.Update(
                        database, connection, transaction,
                        "state = 'Enqueued', planned = 0, due_at = NULL, attempt = 0, interruptions = 0, finished_at = NULL, error = NULL, cancel_requested = 0",
                        $"""
                        id = @id AND state <> 'Processing' AND state <> 'Enqueued'
                        AND (key IS NULL OR NOT EXISTS (SELECT 1 FROM jobs other WHERE other.key = jobs.key AND other.id <> jobs.id AND other.{JobRow.Unfinished}))
                        """,
                        new { id }));
                }

                JobWriter.Note(connection, transaction, all, now, "enqueued again");
                return all;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobRecord>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return DeleteAsync(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => ("id = @id AND", (object)new { id })), "'Awaiting', 'Scheduled', 'Enqueued', 'Failed'", cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobRecord>> DeleteOfRunAsync(string runId, CancellationToken cancellationToken) =>
        DeleteAsync([("run_id = @runId AND", new { runId })], "'Awaiting', 'Scheduled', 'Enqueued'", cancellationToken);

    /// <inheritdoc/>
    public Task<JobRecord?> SetPriorityAsync(string id, int priority, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, JobRequest.LowestPriority);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, -JobRequest.LowestPriority);
        return database.WriteAsync(
            (connection, transaction) => JobRow.Update(
                database, connection, transaction, "priority = @priority, planned = 0", "id = @id AND state IN ('Awaiting', 'Scheduled', 'Enqueued')", new { id, priority }).SingleOrDefault(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobRecord>> GetUnplannedAsync(int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"SELECT {JobRow.Columns} FROM jobs WHERE planned = 0 AND state IN ('Scheduled', 'Enqueued') AND {JobRow.NotPaused} ORDER BY priority DESC, id LIMIT @limit",
            new { limit }, JobRow.Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task MarkPlannedAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken) =>
        database.ExecuteAsync("UPDATE jobs SET planned = 1 WHERE id = @Id AND revision = @Revision", jobs.Select(job => new { job.Id, job.Revision }).ToList(), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetPlannedAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync("SELECT id FROM jobs WHERE state IN ('Scheduled', 'Enqueued') AND planned = 1", null, row => row.Text(0), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task UnplanAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "UPDATE jobs SET planned = 0 WHERE id = @id AND state IN ('Scheduled', 'Enqueued')", ids.Select(id => new { id }).ToList(), cancellationToken);

    /// <inheritdoc/>
    public Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"""
            DELETE FROM jobs WHERE finished_at < @before AND state IN ('Succeeded', 'Failed', 'Deleted')
            AND NOT EXISTS (SELECT 1 FROM job_after JOIN jobs waiting ON waiting.id = job_after.job_id WHERE job_after.after_id = jobs.id AND waiting.{JobRow.Unfinished})
            """,
            new { before = SqlRow.Format(before) }, cancellationToken);

    private const string Mine = "id = @Id AND execution = @Execution AND state = 'Processing'";

    private async Task<IReadOnlyList<JobRecord>> DeleteAsync(IEnumerable<(string Condition, object Parameters)> which, string states, CancellationToken cancellationToken)
    {
        string now = Now;
        return await database.WriteAsync(
            (connection, transaction) =>
            {
                List<JobRecord> deleted = [], asked = [];
                foreach ((string condition, object parameters) in which)
                {
                    DynamicParameters all = new(parameters);
                    all.Add("now", now);
                    deleted.AddRange(JobRow.Update(
                        database, connection, transaction, "state = 'Deleted', finished_at = @now", $"{condition} state IN ({states})", all));
                    asked.AddRange(JobRow.Update(
                        database, connection, transaction, "cancel_requested = 1", $"{condition} state = 'Processing' AND cancel_requested = 0", parameters));
                }

                JobWriter.Note(connection, transaction, deleted, now, null);
                JobWriter.Note(connection, transaction, asked, now, "asked to stop");
                return deleted.Concat(asked).ToList();
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<JobRecord?> ChangeOneAsync(string assignments, string condition, Func<string, object> parameters, string? note, CancellationToken cancellationToken)
    {
        string now = Now;
        return database.WriteAsync(
            (connection, transaction) =>
            {
                List<JobRecord> changed = JobRow.Update(database, connection, transaction, assignments, condition, parameters(now));
                JobWriter.Note(connection, transaction, changed, now, note);
                return changed.SingleOrDefault();
            },
            cancellationToken);
    }
}
