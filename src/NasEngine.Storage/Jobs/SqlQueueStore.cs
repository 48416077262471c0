using NasEngine.Core.Jobs;

namespace NasEngine.Storage.Jobs;

/// <summary>Keeps which queues are paused in a database.</summary>
internal sealed class SqlQueueStore(SqlDatabase database, TimeProvider time) : IQueueStore
{
    /// <inheritdoc/>
    public Task PauseAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        return database.ExecuteAsync(
            "INSERT INTO paused_queues (queue, paused_at) VALUES (@queue, @now) ON CONFLICT (queue) DO NOTHING", new { queue, now = SqlRow.Format(time.GetUtcNow()) }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        return database.ExecuteAsync("DELETE FROM paused_queues WHERE queue = @queue", new { queue }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueueRecord>> ListAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, DateTimeOffset> paused = (await database.ReadAsync(
            "SELECT queue, paused_at FROM paused_queues", null, row => (row.Text(0), row.Instant(1)), cancellationToken).ConfigureAwait(false)).ToDictionary(StringComparer.Ordinal);
        ILookup<string, (string Queue, JobState State, long Count)> counts = (await database.ReadAsync(
            $"SELECT queue, state, COUNT(*) FROM jobs WHERE {JobRow.Unfinished} GROUP BY queue, state", null,
            row => (row.Text(0), row.Name<JobState>(1), row.Whole(2)), cancellationToken).ConfigureAwait(false)).ToLookup(row => row.Item1, StringComparer.Ordinal);
        return [.. paused.Keys.Union(counts.Select(queue => queue.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new QueueRecord(
            name, paused.TryGetValue(name, out DateTimeOffset since) ? since : null, counts[name].ToDictionary(row => row.State, row => row.Count)))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetPausedAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync("SELECT queue FROM paused_queues ORDER BY queue", null, row => row.Text(0), cancellationToken).ConfigureAwait(false);
}
