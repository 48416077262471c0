using System.Security.Cryptography;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Units;

namespace NasEngine.Storage.Devices;

/// <summary>The devices themselves: who comes, who goes, what was measured on them.</summary>
internal sealed class DeviceList(SqlDatabase database, DeviceStoreOptions options)
{
    private const string ListSql =
        """
        SELECT d.name, d.kind, d.form, d.fingerprint, d.is_gone, d.attached_at, d.last_seen, d.first_canary, d.last_canary,
            (SELECT COUNT(*) FROM device_items i JOIN device_batches b ON b.batch_key = i.batch_key
                WHERE b.device_key = d.device_key AND b.state = 'Open' AND i.result IS NULL AND i.refusal IS NULL),
            (SELECT COUNT(*) FROM device_leases l JOIN device_batches b ON b.batch_key = l.batch_key
                WHERE b.device_key = d.device_key AND l.state = 'Held' AND l.expires_at >= @now)
        FROM devices d
        WHERE d.is_removed = 0 AND (CAST(@name AS TEXT) IS NULL OR d.name = @name)
        ORDER BY d.name
        """;

    public DeviceSession Attach(DeviceTransaction write, DeviceAttachment attachment)
    {
        string startedAt = SqlRow.Format(attachment.StartedAt);
        long? device = write.LockByName(attachment.Name);
        if (device is long known)
        {
            (string instance, string holderStartedAt, bool isGone, bool isRemoved, DateTimeOffset lastSeen, DeviceFingerprint fingerprint) = write.Query(
                "SELECT instance, started_at, is_gone, is_removed, last_seen, fingerprint FROM devices WHERE device_key = @known", new { known },
                row => (row.Text(0), row.Text(1), row.Flag(2), row.Flag(3), row.Instant(4), Fingerprint(row, 5))).Single();
            bool isSame = instance == attachment.Instance;
            int order = string.CompareOrdinal(startedAt, holderStartedAt);
            if (isSame && (order < 0 || (order == 0 && isRemoved)))
            {
                throw new DeviceSessionEndedException();
            }

            if (!isSame && !isGone && write.Now - lastSeen <= 2 * options.LeaseTime)
            {
                throw new DeviceNameTakenException(attachment.Name, fingerprint);
            }

            write.LoseAll(known);
        }

        string session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Put(write, attachment, $"agent:{attachment.Name}", session, startedAt);
        return new DeviceSession(session, attachment.Name, options.LeaseTime);
    }

    public static void Note(DeviceTransaction write, DeviceAttachment device, string form)
    {
        int noted = write.Execute(
            "UPDATE devices SET last_seen = @NowText, is_gone = 0, is_removed = 0 WHERE name = @Name AND instance = @Instance AND fingerprint_id = @Id AND form = @form",
            new { write.NowText, device.Name, device.Instance, device.Fingerprint.Id, form });
        if (noted == 0)
        {
            Put(write, device, form, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), SqlRow.Format(device.StartedAt));
        }
    }

    public static void Leave(DeviceTransaction write, string session)
    {
        long device = write.LockBySession(session);
        write.Execute(
            """
            UPDATE device_leases SET state = 'Returned' WHERE session = @session AND state = 'Held';
            UPDATE devices SET is_gone = 1 WHERE device_key = @device;
            """,
            new { session, device });
    }

    /// <summary>The row of an agent that is there stays for a while, so that the agent learns that it was sent away.</summary>
    public static bool Remove(DeviceTransaction write, string name)
    {
        if (write.LockByName(name) is not long device)
        {
            return false;
        }

        int removed = write.Execute(
            """
            UPDATE devices SET is_gone = 1, is_removed = 1, first_canary = NULL, last_canary = NULL WHERE device_key = @device AND is_removed = 0
            """,
            new { device });
        write.Execute("DELETE FROM device_batches WHERE device_key = @device; DELETE FROM device_measurements WHERE device_key = @device;", new { device });
        write.RemoveUnusedContents();
        return removed > 0;
    }

    public void Record(DeviceTransaction write, string name, Measurement measurement)
    {
        if (write.LockByName(name) is not long device)
        {
            return;
        }

        double? canary = measurement.Canary.Nanoseconds > 0 ? measurement.Canary.Nanoseconds : null;
        write.Execute(
            """
            INSERT INTO device_measurements (device_key, key, median_ns, low_ns, high_ns, canary_ns, measured_at)
                VALUES (@device, @Key, @median, @low, @high, @canaryNs, @at);
            DELETE FROM device_measurements WHERE device_key = @device AND measurement_key <= COALESCE(
                (SELECT measurement_key FROM device_measurements WHERE device_key = @device ORDER BY measurement_key DESC LIMIT 1 OFFSET @kept), 0);
            UPDATE devices SET first_canary = COALESCE(first_canary, @canary), last_canary = COALESCE(@canary, last_canary)
                WHERE device_key = @device AND fingerprint_id = @fingerprint;
            """,
            new
            {
                device,
                measurement.Key,
                median = measurement.Median.Nanoseconds,
                low = measurement.Low.Nanoseconds,
                high = measurement.High.Nanoseconds,
                canaryNs = measurement.Canary.Nanoseconds,
                canary,
                at = SqlRow.Format(measurement.MeasuredAt),
                kept = (long)options.KeptMeasurements,
                fingerprint = measurement.Device,
            });
    }

    public Task<List<AttachedDevice>> ListAsync(string? name, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(ListSql, new { name, now = SqlRow.Format(now) }, row => Device(row, now), cancellationToken);

    public Task<List<DeviceMeasurement>> ListMeasurementsAsync(string name, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            """
            SELECT m.key, m.median_ns, m.low_ns, m.high_ns, m.canary_ns, m.measured_at
            FROM device_measurements m JOIN devices d ON d.device_key = m.device_key
            WHERE d.name = @name ORDER BY m.measurement_key DESC LIMIT @limit
            """,
            new { name, limit },
            row => new DeviceMeasurement(row.Text(0), Time(row, 1), Time(row, 2), Time(row, 3), Time(row, 4), row.Instant(5)),
            cancellationToken);

    private static void Put(DeviceTransaction write, DeviceAttachment device, string form, string session, string startedAt) =>
        write.Execute(
            """
            INSERT INTO devices (name, kind, form, instance, started_at, fingerprint_id, fingerprint, session, is_gone, is_removed, attached_at, last_seen)
                VALUES (@Name, @kind, @form, @Instance, @startedAt, @id, @fingerprint, @session, 0, 0, @NowText, @NowText)
            ON CONFLICT (name) DO UPDATE SET kind = @kind, form = @form, instance = @Instance, started_at = @startedAt, fingerprint = @fingerprint,
                first_canary = CASE WHEN devices.fingerprint_id = @id THEN devices.first_canary END,
                last_canary = CASE WHEN devices.fingerprint_id = @id THEN devices.last_canary END,
                fingerprint_id = @id, session = @session, is_gone = 0, is_removed = 0, attached_at = @NowText, last_seen = @NowText
            """,
            new
            {
                device.Name,
                kind = device.Kind.ToString(),
                form,
                device.Instance,
                startedAt,
                id = device.Fingerprint.Id,
                fingerprint = JsonSerializer.Serialize(device.Fingerprint, DeviceJson.Options),
                session,
                write.NowText,
            });

    private static Latency Time(SqlRow row, int column) => Latency.FromNanoseconds(row.Real(column) is double value and >= 0 ? value : 0);

    private static DeviceFingerprint Fingerprint(SqlRow row, int column)
    {
        try
        {
            return JsonSerializer.Deserialize<DeviceFingerprint>(row.Text(column), DeviceJson.Options) ?? throw row.Damaged(column, "holds no fingerprint");
        }
        catch (JsonException)
        {
            throw row.Damaged(column, "holds no fingerprint");
        }
    }

    private AttachedDevice Device(SqlRow row, DateTimeOffset now)
    {
        DateTimeOffset lastSeen = row.Instant(6);
        bool isThere = !row.Flag(4) && now - lastSeen <= 2 * options.LeaseTime;
        return new AttachedDevice
        {
            Name = row.Text(0),
            Kind = row.Name<DeviceKind>(1),
            Form = row.Text(2),
            Fingerprint = Fingerprint(row, 3),
            AttachedAt = row.Instant(5),
            LastSeen = lastSeen,
            FirstCanary = Time(row, 7),
            LastCanary = Time(row, 8),
            QueueLength = (int)row.Whole(9),
            Activity = !isThere ? DeviceActivity.Offline : row.Whole(10) > 0 ? DeviceActivity.Busy : DeviceActivity.Online,
        };
    }
}
