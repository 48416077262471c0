using Dapper;
using NasEngine.Core.Jobs;

namespace NasEngine.Storage.Jobs;

/// <summary>Keeps consoles, progress and changes of jobs in a database.</summary>
internal sealed class SqlJobLog(SqlDatabase database) : IJobLog
{
    private const string ChangeColumns = "change_key, job_id, run_id, state, at, worker, note";

    // An attempt lies between the first change to Processing after any other state, and the next change to another state.
    private const string EndedAttempts =
        """
        SELECT j.id, j.kind, j.title, j.queue, j.run_id, s.worker, s.at, e.at, e.state, e.note
        FROM job_changes e JOIN jobs j ON j.id = e.job_id JOIN job_changes s ON s.change_key = (
            SELECT MIN(p.change_key) FROM job_changes p WHERE p.job_id = e.job_id AND p.change_key < e.change_key AND p.state = 'Processing'
            AND p.change_key > COALESCE((SELECT MAX(q.change_key) FROM job_changes q WHERE q.job_id = e.job_id AND q.change_key < e.change_key AND q.state <> 'Processing'), 0))
        WHERE e.at >= @since AND e.state <> 'Processing' ORDER BY e.at DESC, e.change_key DESC LIMIT @limit
        """;

    private const string AttemptsUnderWay =
        """
        SELECT id, kind, title, queue, run_id, worker, started_at, NULL, state, NULL FROM jobs WHERE state = 'Processing' ORDER BY started_at DESC, id LIMIT @limit
        """;

    /// <inheritdoc/>
    public Task WriteAsync(string jobId, IReadOnlyList<(DateTimeOffset At, string Text)> lines, IReadOnlyList<JobProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(progress);
        return database.WriteAsync(
            (connection, transaction) =>
            {
                // Locked, because two attempts at one job may both write: one that was taken for dead, and its successor.
                if (database.Query(connection, transaction, $"SELECT id FROM jobs WHERE id = @jobId {database.Dialect.ForUpdate}", new { jobId }, row => row.Text(0)).Count == 0)
                {
                    return;
                }

                long last = lines.Count == 0 ? 0 : database.Query(
                    connection, transaction, "SELECT COALESCE(MAX(number), 0) FROM job_console WHERE job_id = @jobId", new { jobId }, row => row.Whole(0))[0];
                connection.Execute(
                    "INSERT INTO job_console (job_id, number, at, line) VALUES (@jobId, @number, @at, @Text)",
                    lines.Select((line, index) => new { jobId, number = last + index + 1, at = SqlRow.Format(line.At), line.Text }), transaction);
                connection.Execute(
                    """
                    INSERT INTO job_progress (job_id, number, title, done, total, unit, note) VALUES (@jobId, @Number, @Title, @Done, @Total, @Unit, @Note)
                    ON CONFLICT (job_id, number) DO UPDATE SET title = excluded.title, done = excluded.done, total = excluded.total, unit = excluded.unit, note = excluded.note
                    """,
                    progress.Select(bar => new { jobId, Number = (long)bar.Number, bar.Title, bar.Done, bar.Total, bar.Unit, bar.Note }), transaction);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ConsoleLine>> GetConsoleAsync(string jobId, long after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT number, at, line FROM job_console WHERE job_id = @jobId AND number > @after ORDER BY number LIMIT @limit", new { jobId, after, limit },
            row => new ConsoleLine(row.Whole(0), row.Instant(1), row.Text(2)), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobProgress>> GetProgressAsync(string jobId, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT number, title, done, total, unit, note FROM job_progress WHERE job_id = @jobId ORDER BY number", new { jobId }, row => ReadBar(row, 0), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<JobProgress>>> GetRunProgressAsync(string runId, CancellationToken cancellationToken)
    {
        List<(string Job, JobProgress Bar)> bars = await database.ReadAsync(
            """
            SELECT job_id, number, job_progress.title, done, total, unit, note FROM job_progress JOIN jobs ON jobs.id = job_id
            WHERE run_id = @runId AND state = 'Processing' ORDER BY job_id, number
            """,
            new { runId }, row => (row.Text(0), ReadBar(row, 1)), cancellationToken).ConfigureAwait(false);
        return bars.GroupBy(pair => pair.Job, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<JobProgress>)[.. group.Select(pair => pair.Bar)], StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobChange>> GetHistoryAsync(string jobId, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"SELECT {ChangeColumns} FROM job_changes WHERE job_id = @jobId ORDER BY change_key", new { jobId }, ReadChange, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobAttempt>> GetAttemptsAsync(DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        object parameters = new { since = SqlRow.Format(since), limit };
        List<JobAttempt> attempts = await database.ReadAsync(AttemptsUnderWay, parameters, ReadAttempt, cancellationToken).ConfigureAwait(false);
        attempts.AddRange(await database.ReadAsync(EndedAttempts, parameters, ReadAttempt, cancellationToken).ConfigureAwait(false));

        // One that ended between the two looks is in both.
        return [.. attempts.GroupBy(attempt => (attempt.JobId, attempt.StartedAt)).Select(same => same.Last()).OrderByDescending(attempt => attempt.EndedAt ?? DateTimeOffset.MaxValue).Take(limit)
            .OrderBy(attempt => attempt.StartedAt).ThenBy(attempt => attempt.JobId, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobChange>> GetChangesAsync(long after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"SELECT {ChangeColumns} FROM job_changes WHERE change_key > @after ORDER BY change_key LIMIT @limit", new { after, limit }, ReadChange, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<long> GetLastChangeAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync("SELECT COALESCE(MAX(change_key), 0) FROM job_changes", null, row => row.Whole(0), cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobHour>> GetHoursAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT hour, succeeded, failed FROM job_hours WHERE hour >= @since ORDER BY hour", new { since = SqlRow.Format(since) },
            row => new JobHour(row.Instant(0), row.Whole(1), row.Whole(2)), cancellationToken).ConfigureAwait(false);

    private static JobProgress ReadBar(SqlRow row, int first) => new(
        (int)row.Whole(first), row.Text(first + 1), row.Whole(first + 2), row.Whole(first + 3), row.Text(first + 4), row.TextOrNull(first + 5));

    private static JobAttempt ReadAttempt(SqlRow row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.TextOrNull(4), row.Text(5), row.Instant(6), row.InstantOrNull(7), row.Name<JobState>(8), row.TextOrNull(9));

    private static JobChange ReadChange(SqlRow row) =>
        new(row.Whole(0), row.Text(1), row.TextOrNull(2), row.Name<JobState>(3), row.Instant(4), row.TextOrNull(5), row.TextOrNull(6));
}
