using System.Globalization;
using NasEngine.Core.Jobs;

namespace NasEngine.Storage.Jobs;

/// <summary>Keeps recurring jobs, changed budgets and drift in a database.</summary>
internal sealed class SqlRecurringJobStore(SqlDatabase database) : IRecurringJobStore
{
    private const string Insert =
        """
        INSERT INTO recurring_jobs (id, title, kind, payload, cron, time_zone, enabled, version, next_at)
        VALUES (@Id, @Title, @Kind, @Payload, @Cron, @TimeZone, @enabled, 1, @next)
        """;

    /// <inheritdoc/>
    public Task PutRecurringAsync(RecurringJob job, CancellationToken cancellationToken) => InsertAsync(
        job,
        """
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, payload = excluded.payload, cron = excluded.cron,
            time_zone = excluded.time_zone, enabled = excluded.enabled, version = recurring_jobs.version + 1, next_at = excluded.next_at
        """,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryAddRecurringAsync(RecurringJob job, CancellationToken cancellationToken) =>
        await InsertAsync(job, "ON CONFLICT (id) DO NOTHING", cancellationToken).ConfigureAwait(false) > 0;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecurringJob>> GetRecurringAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            """
            SELECT r.id, r.title, r.kind, r.payload, r.cron, r.time_zone, r.enabled, r.version, r.last_at, r.last_job, jobs.state, r.next_at, r.made
            FROM recurring_jobs r LEFT JOIN jobs ON jobs.id = r.last_job ORDER BY r.id
            """,
            null,
            row => new RecurringJob
            {
                Id = row.Text(0),
                Title = row.Text(1),
                Kind = row.Text(2),
                Payload = row.Json(3),
                Cron = row.Text(4),
                TimeZone = row.Text(5),
                Enabled = row.Flag(6),
                Version = row.Whole(7),
                LastAt = row.InstantOrNull(8),
                LastJob = row.TextOrNull(9),
                LastState = row.IsNull(10) ? null : row.Name<JobState>(10),
                NextAt = row.InstantOrNull(11),
                Made = row.Whole(12),
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<bool> RemoveRecurringAsync(string id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync("DELETE FROM recurring_jobs WHERE id = @id", new { id }, cancellationToken).ConfigureAwait(false) > 0;

    /// <inheritdoc/>
    public Task NoteRecurringAsync(string id, DateTimeOffset? at, string? jobId, DateTimeOffset? nextAt, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            """
            UPDATE recurring_jobs SET made = made + CASE WHEN @jobId IS NULL OR @jobId = last_job THEN 0 ELSE 1 END,
                last_at = COALESCE(@at, last_at), last_job = COALESCE(@jobId, last_job), next_at = @next WHERE id = @id
            """,
            new { id, at = SqlRow.Format(at), jobId, next = SqlRow.Format(nextAt) }, cancellationToken);

    /// <inheritdoc/>
    public async Task<RunBudget> GetBudgetAsync(string runId, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            "SELECT evaluations, verify FROM run_budgets WHERE run_id = @runId", new { runId }, ReadBudget, cancellationToken).ConfigureAwait(false)).FirstOrDefault() ?? RunBudget.Unchanged;

    /// <inheritdoc/>
    public Task<RunBudget> SetBudgetAsync(string runId, RunBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return database.WriteAsync(
            (connection, transaction) => database.Query(
                connection, transaction,
                """
                INSERT INTO run_budgets (run_id, evaluations, verify) VALUES (@runId, @evaluations, @verify)
                ON CONFLICT (run_id) DO UPDATE SET evaluations = COALESCE(excluded.evaluations, run_budgets.evaluations), verify = COALESCE(excluded.verify, run_budgets.verify)
                RETURNING evaluations, verify
                """,
                new { runId, evaluations = (long?)budget.Evaluations, verify = (long?)budget.Verify }, ReadBudget)[0],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveBudgetAsync(string runId, CancellationToken cancellationToken) =>
        database.ExecuteAsync("DELETE FROM run_budgets WHERE run_id = @runId", new { runId }, cancellationToken);

    /// <inheritdoc/>
    public Task AddDriftAsync(DeviceDrift drift, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drift);
        return database.ExecuteAsync(
            """
            INSERT INTO device_drift (device, fingerprint, run_id, job_id, at, networks, drift, spread)
            VALUES (@Device, @Fingerprint, @RunId, @JobId, @at, @networks, @DriftPercent, @SpreadPercent)
            """,
            new { drift.Device, drift.Fingerprint, drift.RunId, drift.JobId, at = SqlRow.Format(drift.At), networks = (long)drift.Networks, drift.DriftPercent, drift.SpreadPercent },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceDrift>> GetDriftAsync(string? device, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"""
            SELECT device, fingerprint, run_id, job_id, at, networks, drift, spread FROM device_drift
            {(device is null ? string.Empty : "WHERE device = @device")} ORDER BY drift_key DESC LIMIT @limit
            """),
            new { device, limit },
            row => new DeviceDrift(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Instant(4), (int)row.Whole(5), row.Real(6), row.Real(7)), cancellationToken).ConfigureAwait(false);

    private Task<int> InsertAsync(RecurringJob job, string onConflict, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        StoredJson.Require(job.Payload);
        return database.ExecuteAsync(
            $"{Insert} {onConflict}",
            new { job.Id, job.Title, job.Kind, job.Payload, job.Cron, job.TimeZone, enabled = job.Enabled ? 1L : 0L, next = SqlRow.Format(job.NextAt) }, cancellationToken);
    }

    private static RunBudget ReadBudget(SqlRow row) => new((int?)row.WholeOrNull(0), (int?)row.WholeOrNull(1));
}
