using System.Text.Json;
using NasEngine.Core.Jobs;

namespace NasEngine.Storage.Jobs;

/// <summary>Keeps workers in a database.</summary>
internal sealed class SqlWorkerStore(SqlDatabase database) : IWorkerStore
{
    /// <inheritdoc/>
    public Task PutWorkerAsync(WorkerRecord worker, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return database.ExecuteAsync(
            """
            INSERT INTO workers (id, name, host, pid, started_at, last_seen, beat, queues, devices, capabilities)
            VALUES (@Id, @Name, @Host, @pid, @started, @seen, @Beat, @queues, @devices, @capabilities)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_seen = excluded.last_seen, beat = workers.beat + 1,
                queues = excluded.queues, devices = excluded.devices, capabilities = excluded.capabilities
            """,
            new
            {
                worker.Id, worker.Name, worker.Host, pid = (long)worker.ProcessId, started = SqlRow.Format(worker.StartedAt), seen = SqlRow.Format(worker.LastSeen), worker.Beat,
                queues = Json(worker.Queues), devices = Json(worker.Devices), capabilities = Json(worker.Capabilities),
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> BeatAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.ExecuteAsync("UPDATE workers SET beat = beat + 1, last_seen = @at WHERE id = @id", new { id, at = SqlRow.Format(at) }, cancellationToken).ConfigureAwait(false) > 0;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WorkerRecord>> GetWorkersAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT id, name, host, pid, started_at, last_seen, beat, queues, devices, capabilities FROM workers ORDER BY name, started_at", null, Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task RemoveWorkerAsync(string id, CancellationToken cancellationToken) =>
        database.ExecuteAsync("DELETE FROM workers WHERE id = @id", new { id }, cancellationToken);

    private static WorkerRecord Read(SqlRow row) => new(
        row.Text(0), row.Text(1), row.Text(2), (int)row.Whole(3), row.Instant(4), row.Instant(5), row.Whole(6),
        Parse<Dictionary<string, int>>(row, 7), Parse<Dictionary<string, string>>(row, 8), Parse<WorkerCapabilities>(row, 9));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static T Parse<T>(SqlRow row, int column)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(row.Text(column), JsonSerializerOptions.Web) ?? throw row.Damaged(column, "is null");
        }
        catch (JsonException)
        {
            throw row.Damaged(column, "does not describe a worker");
        }
    }
}
