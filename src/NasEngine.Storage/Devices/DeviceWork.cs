using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using NasEngine.Core.Devices.Remote;

namespace NasEngine.Storage.Devices;

/// <summary>The agents' side of work: leases, results, failures.</summary>
internal sealed class DeviceWork(DeviceStoreOptions options)
{
    private sealed record HeldLease(long Lease, long Batch, string State, bool IsOpen);

    public DeviceLease? Lease(DeviceTransaction write, string session)
    {
        long device = write.LockBySession(session);
        write.LoseAll(device); // who asks for work holds none: an answer with a lease in it was lost on the way
        while (Next(write, device) is (long batch, DeviceWorkKind kind, string settings))
        {
            write.Adopt(device, batch);
            List<DeviceLeaseItem> items = write.Query(
                "SELECT key, model_sha256, shape, inputs_sha256 FROM device_items WHERE batch_key = @batch AND result IS NULL AND refusal IS NULL ORDER BY item_key",
                new { batch }, row => new DeviceLeaseItem(row.Text(0), row.Text(1), Shape(row, 2), row.TextOrNull(3)));
            if (items.Count == 0)
            {
                continue;
            }

            string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            write.Execute(
                "INSERT INTO device_leases (id, batch_key, session, state, expires_at) VALUES (@id, @batch, @session, 'Held', @expires)",
                new { id, batch, session, expires = Expiry(write) });
            int threads = write.Query("SELECT fingerprint FROM devices WHERE device_key = @device", new { device }, row => Threads(row, 0)).Single();
            return new DeviceLease(id, kind, settings, threads, items);
        }

        return null;
    }

    public DeviceHeartbeat Hold(DeviceTransaction write, string session, string lease)
    {
        write.LockBySession(session);
        if (Find(write, session, lease) is not { IsOpen: true } found || (found.State != "Held" && !(found.State == "Lost" && IsFree(write, found.Batch))))
        {
            return DeviceHeartbeat.Cancelled;
        }

        write.Execute("UPDATE device_leases SET state = 'Held', expires_at = @expires WHERE lease_key = @Lease", new { expires = Expiry(write), found.Lease });
        return DeviceHeartbeat.Held;
    }

    public bool Store(DeviceTransaction write, string session, string lease, string key, string document)
    {
        if (Enter(write, session, lease) is not HeldLease found)
        {
            return false;
        }

        int stored = write.Execute(
            """
            UPDATE device_items SET result = @document, lease = @lease, arrived_at = @NowText,
                sequence = (SELECT results FROM device_batches WHERE batch_key = @Batch)
            WHERE batch_key = @Batch AND key = @key AND result IS NULL AND refusal IS NULL
            """,
            new { document, lease, write.NowText, found.Batch, key });
        if (stored > 0)
        {
            write.Execute("UPDATE device_batches SET results = results + 1, failures = 0, losses = 0 WHERE batch_key = @Batch", new { found.Batch });
        }

        write.Execute("UPDATE device_leases SET expires_at = @expires WHERE lease_key = @Lease AND state = 'Held'", new { expires = Expiry(write), found.Lease });
        return stored > 0;
    }

    public static void Finish(DeviceTransaction write, string session, string lease, string summary)
    {
        if (Enter(write, session, lease) is not HeldLease found)
        {
            return;
        }

        End(write, found, "Done", summary);
        long left = write.Query(
            "SELECT COUNT(*) FROM device_items WHERE batch_key = @Batch AND result IS NULL AND refusal IS NULL", new { found.Batch }, row => row.Whole(0)).Single();
        if (left > 0 && found.State == "Held")
        {
            write.CountFailure(found.Batch, $"its agent ended a batch without {left} of its results.");
        }

        write.RemoveIfSettled(found.Batch);
    }

    public static void Fail(DeviceTransaction write, string session, string lease, DeviceFault fault)
    {
        if (Enter(write, session, lease) is not HeldLease found)
        {
            return;
        }

        End(write, found, "Returned", summary: null);
        bool isRefused = fault is { Kind: DeviceFaultKind.Model, Key: not null } && write.Execute(
            "UPDATE device_items SET refusal = @Message WHERE batch_key = @Batch AND key = @Key AND result IS NULL",
            new { fault.Message, found.Batch, fault.Key }) > 0;
        if (!isRefused && fault.Kind != DeviceFaultKind.Cancelled && found.State == "Held")
        {
            write.CountFailure(found.Batch, fault.Message);
        }

        write.RemoveIfSettled(found.Batch);
    }

    private static ImmutableArray<int> Shape(SqlRow row, int column) => JsonSerializer.Deserialize<ImmutableArray<int>>(row.Json(column));

    private static int Threads(SqlRow row, int column)
    {
        using JsonDocument fingerprint = JsonDocument.Parse(row.Json(column));
        return fingerprint.RootElement.GetProperty("threads").GetInt32();
    }

    /// <summary>The oldest batch that waits for this device as it is, that nobody holds and that has not come to an end.</summary>
    private static (long Batch, DeviceWorkKind Kind, string Options)? Next(DeviceTransaction write, long device) => write.Query(
        """
        SELECT b.batch_key, b.kind, b.options FROM device_batches b JOIN devices d ON d.device_key = b.device_key
        WHERE b.device_key = @device AND b.state = 'Open' AND b.failure IS NULL AND b.fingerprint_id = d.fingerprint_id
            AND EXISTS (SELECT 1 FROM device_items i WHERE i.batch_key = b.batch_key AND i.result IS NULL AND i.refusal IS NULL)
        ORDER BY b.batch_key LIMIT 1
        """,
        new { device }, row => ((long, DeviceWorkKind, string)?)(row.Whole(0), row.Name<DeviceWorkKind>(1), row.Json(2))).SingleOrDefault();

    private static HeldLease? Find(DeviceTransaction write, string session, string lease) => write.Query(
        """
        SELECT l.lease_key, l.batch_key, l.state, b.state FROM device_leases l JOIN device_batches b ON b.batch_key = l.batch_key
        WHERE l.id = @lease AND l.session = @session
        """,
        new { lease, session }, row => new HeldLease(row.Whole(0), row.Whole(1), row.Text(2), row.Text(3) == "Open")).SingleOrDefault();

    /// <summary>Finds a lease and locks its device, whose session may have ended meanwhile: what was measured counts all the same.</summary>
    private static HeldLease? Enter(DeviceTransaction write, string session, string lease)
    {
        string? batch = write.Query(
            "SELECT b.id FROM device_leases l JOIN device_batches b ON b.batch_key = l.batch_key WHERE l.id = @lease AND l.session = @session",
            new { lease, session }, row => row.Text(0)).SingleOrDefault();
        if (batch is null || write.LockByBatch(batch) is not (long device, long _))
        {
            write.LockBySession(session); // an agent that is attached asks for work that is over
            return null;
        }

        write.Execute("UPDATE devices SET last_seen = @NowText WHERE device_key = @device AND session = @session AND is_gone = 0", new { write.NowText, device, session });
        return Find(write, session, lease);
    }

    private static void End(DeviceTransaction write, HeldLease lease, string state, string? summary) =>
        write.Execute("UPDATE device_leases SET state = @state, summary = @summary WHERE lease_key = @Lease AND state = 'Held'", new { state, summary, lease.Lease });

    private static bool IsFree(DeviceTransaction write, long batch) =>
        write.Query("SELECT COUNT(*) FROM device_leases WHERE batch_key = @batch AND state = 'Held'", new { batch }, row => row.Whole(0)).Single() == 0;

    private string Expiry(DeviceTransaction write) => SqlRow.Format(write.Now + options.LeaseTime);
}
