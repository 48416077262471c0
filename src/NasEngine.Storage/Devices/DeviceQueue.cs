using System.Security.Cryptography;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Devices;

/// <summary>The askers' side of work: batches and what came of them.</summary>
internal sealed class DeviceQueue(SqlDatabase database, DeviceStoreOptions options)
{
    public static string Add(DeviceTransaction write, DeviceBatch batch)
    {
        long device = write.LockByName(batch.Device) ?? throw new DeviceUnreachableException(batch.Device, "no device of that name is attached.");
        write.Expire(device);
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        long key = write.Query(
            """
            INSERT INTO device_batches (id, device_key, fingerprint_id, kind, options, state, results, fetched, failures, losses, asked_at)
                VALUES (@id, @device, @Fingerprint, @kind, @Options, 'Open', 0, 0, 0, 0, @NowText) RETURNING batch_key
            """,
            new { id, device, batch.Fingerprint, kind = batch.Kind.ToString(), batch.Options, write.NowText }, row => row.Whole(0)).Single();
        write.LockContents();
        foreach (DeviceBatchItem item in batch.Items)
        {
            string model = Put(write, item.Model);
            string? inputs = item.Inputs.IsEmpty ? null : Put(write, item.Inputs);
            write.Execute(
                "INSERT INTO device_items (batch_key, key, shape, model_sha256, inputs_sha256) VALUES (@key, @name, @shape, @model, @inputs)",
                new { key, name = item.Key, shape = JsonSerializer.Serialize(item.InputShape), model, inputs });
        }

        write.Adopt(device, key);
        return id;
    }

    public static void Close(DeviceTransaction write, string batch, int fetched)
    {
        if (write.LockByBatch(batch) is not (long _, long key))
        {
            return;
        }

        write.Execute(
            """
            UPDATE device_batches SET state = 'Closed', fetched = CASE WHEN fetched > @fetched THEN fetched ELSE @fetched END, asked_at = @NowText
            WHERE batch_key = @key
            """,
            new { fetched = (long)fetched, write.NowText, key });
        write.RemoveIfSettled(key);
    }

    /// <summary>Reads results and state, in an order in which nothing falls between: a batch that is said to be done shows all its results.</summary>
    public async Task<(DeviceBatchProgress Progress, string Device, DateTimeOffset AskedAt, bool HasExpired)> ReadAsync(
        string batch, int fromSequence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (device, failure, askedAt, remaining, expired) = (await database.ReadAsync(
            """
            SELECT d.name, b.failure, b.asked_at,
                (SELECT COUNT(*) FROM device_items i WHERE i.batch_key = b.batch_key AND i.result IS NULL AND i.refusal IS NULL),
                (SELECT COUNT(*) FROM device_leases l WHERE l.batch_key = b.batch_key AND l.state = 'Held' AND l.expires_at < @now)
            FROM device_batches b JOIN devices d ON d.device_key = b.device_key WHERE b.id = @batch
            """,
            new { batch, now = SqlRow.Format(now) },
            row => (row.Text(0), row.TextOrNull(1), row.Instant(2), (int)row.Whole(3), row.Whole(4)), cancellationToken).ConfigureAwait(false)) is [var found]
            ? found
            : throw new WorkFailedException("The work that waited for a device is gone: the device was removed.");
        List<(DeviceResult? Result, DeviceFault? Refusal)> rows = await database.ReadAsync(
            """
            SELECT i.key, i.result, i.lease, i.sequence, i.arrived_at, i.refusal FROM device_items i JOIN device_batches b ON b.batch_key = i.batch_key
            WHERE b.id = @batch AND ((i.result IS NOT NULL AND i.sequence >= @fromSequence) OR i.refusal IS NOT NULL)
            ORDER BY i.sequence, i.item_key
            """,
            new { batch, fromSequence = (long)fromSequence },
            row => row.IsNull(1)
                ? ((DeviceResult?)null, (DeviceFault?)new DeviceFault(DeviceFaultKind.Model, row.Text(5), row.Text(0)))
                : (new DeviceResult(row.Text(0), row.Json(1), row.Text(2), (int)row.Whole(3), row.Instant(4)), null),
            cancellationToken).ConfigureAwait(false);
        DeviceBatchProgress progress = new()
        {
            Results = [.. rows.Select(row => row.Result).OfType<DeviceResult>()],
            Refusal = rows.Select(row => row.Refusal).FirstOrDefault(refusal => refusal is not null),
            Remaining = remaining,
            Failure = failure,
        };
        return (progress, device, askedAt, expired > 0);
    }

    /// <summary>Notes that somebody waits for a batch and what was fetched of it, opens it again if it was given up as abandoned, and takes away leases that ran out.</summary>
    public static void Ask(DeviceTransaction write, string batch, int fetched)
    {
        if (write.LockByBatch(batch) is (long device, long key))
        {
            write.Execute(
                """
                UPDATE device_batches SET asked_at = @NowText, state = 'Open', fetched = CASE WHEN fetched > @fetched THEN fetched ELSE @fetched END
                WHERE batch_key = @key
                """,
                new { write.NowText, fetched = (long)fetched, key });
            write.Expire(device);
        }
    }

    /// <summary>Whether it is time to say again that somebody waits: often enough that a batch is never taken as abandoned.</summary>
    public bool IsDue(DateTimeOffset askedAt, DateTimeOffset now) => now - askedAt > options.AbandonedAfter / 5;

    private static string Put(DeviceTransaction write, ReadOnlyMemory<byte> content)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        write.Execute(
            "INSERT INTO device_contents (sha256, content) VALUES (@sha256, @content) ON CONFLICT (sha256) DO NOTHING", new { sha256, content = content.ToArray() });
        return sha256;
    }
}
