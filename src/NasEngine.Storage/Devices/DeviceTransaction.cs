using System.Data.Common;
using Dapper;
using NasEngine.Core.Devices.Remote;

namespace NasEngine.Storage.Devices;

/// <summary>One write to the tables of devices, and the rules that every write applies first.</summary>
/// <remarks>Whoever changes work locks the device's row before, so that the calls for one device come one after the other.</remarks>
internal sealed class DeviceTransaction(SqlDatabase database, DbConnection connection, DbTransaction transaction, DeviceStoreOptions options, DateTimeOffset now)
{
    private const string DevicesBatches = "SELECT batch_key FROM device_batches WHERE device_key = @device";

    public DateTimeOffset Now => now;

    public string NowText => SqlRow.Format(now);

    public int Execute(string sql, object? parameters) => connection.Execute(sql, parameters, transaction);

    public List<T> Query<T>(string sql, object? parameters, Func<SqlRow, T> map) => database.Query(connection, transaction, sql, parameters, map);

    /// <summary>Lets one writer at a time add or remove contents.</summary>
    public void LockContents() => database.Dialect.Lock(connection, transaction, "device_contents");

    /// <summary>Locks a device by name; null if there is none.</summary>
    public long? LockByName(string name) =>
        Query($"SELECT device_key FROM devices WHERE name = @name {database.Dialect.ForUpdate}", new { name }, row => (long?)row.Whole(0)).SingleOrDefault();

    /// <summary>Locks the device of a session, notes that it was heard of, and takes away leases that ran out.</summary>
    /// <exception cref="DeviceSessionEndedException">The session has ended.</exception>
    public long LockBySession(string session)
    {
        long device = Query(
            $"SELECT device_key FROM devices WHERE session = @session AND is_gone = 0 {database.Dialect.ForUpdate}",
            new { session }, row => (long?)row.Whole(0)).SingleOrDefault() ?? throw new DeviceSessionEndedException();
        Execute("UPDATE devices SET last_seen = @NowText WHERE device_key = @device", new { NowText, device });
        Expire(device);
        return device;
    }

    /// <summary>Locks the device that a batch is for; null if there is no such batch.</summary>
    public (long Device, long Batch)? LockByBatch(string batch)
    {
        long? device = Query("SELECT device_key FROM device_batches WHERE id = @batch", new { batch }, row => (long?)row.Whole(0)).SingleOrDefault();
        if (device is null)
        {
            return null;
        }

        Query($"SELECT device_key FROM devices WHERE device_key = @device {database.Dialect.ForUpdate}", new { device }, row => row.Whole(0));
        return Query("SELECT device_key, batch_key FROM device_batches WHERE id = @batch", new { batch }, row => ((long, long)?)(row.Whole(0), row.Whole(1))).SingleOrDefault();
    }

    /// <summary>Takes away the leases that ran out, and closes the batches that nobody asks for.</summary>
    /// <returns>How many leases were taken away.</returns>
    public int Expire(long device)
    {
        List<long> expired = Query(
            $"SELECT lease_key FROM device_leases WHERE state = 'Held' AND expires_at < @NowText AND batch_key IN ({DevicesBatches})", new { NowText, device }, row => row.Whole(0));
        expired.ForEach(Lose);

        string abandoned = SqlRow.Format(now - options.AbandonedAfter);
        Execute("UPDATE device_batches SET state = 'Closed' WHERE device_key = @device AND state = 'Open' AND asked_at < @abandoned", new { device, abandoned });
        string old = SqlRow.Format(now - options.ResultRetention);
        if (Execute("DELETE FROM device_batches WHERE device_key = @device AND state = 'Closed' AND asked_at < @old", new { device, old }) > 0)
        {
            RemoveUnusedContents();
        }

        return expired.Count;
    }

    /// <summary>Takes away all that a device's agents hold, since its agent is another now.</summary>
    public void LoseAll(long device)
    {
        foreach (long lease in Query(
            $"SELECT lease_key FROM device_leases WHERE state = 'Held' AND batch_key IN ({DevicesBatches})", new { device }, row => row.Whole(0)))
        {
            Lose(lease);
        }
    }

    /// <summary>Counts a failure that the agent reported; the batch is given up after too many in a row.</summary>
    public void CountFailure(long batch, string message) =>
        Count(batch, "failures", options.MaxFailures, count => $"it failed {count} times in a row without measuring anything, the last time: {message}");

    /// <summary>Makes results that nobody fetched part of a batch of the same networks under the same options.</summary>
    /// <remarks>Who asked for them ended before it could take them, and asks again.</remarks>
    public void Adopt(long device, long batch)
    {
        List<(long Item, long Kept)> found = Query(
            """
            SELECT mine.item_key, kept.item_key
            FROM device_items mine
            JOIN device_batches wanted ON wanted.batch_key = mine.batch_key
            JOIN device_batches closed ON closed.device_key = @device AND closed.state = 'Closed' AND closed.kind = 'Measure'
                AND closed.kind = wanted.kind AND closed.options = wanted.options AND closed.fingerprint_id = wanted.fingerprint_id
            JOIN device_items kept ON kept.batch_key = closed.batch_key AND kept.key = mine.key AND kept.model_sha256 = mine.model_sha256
                AND kept.shape = mine.shape AND kept.result IS NOT NULL AND kept.sequence >= closed.fetched
            WHERE mine.batch_key = @batch AND mine.result IS NULL AND mine.refusal IS NULL
            ORDER BY mine.item_key, kept.item_key
            """,
            new { device, batch }, row => (row.Whole(0), row.Whole(1)));
        foreach ((long item, long kept) in found.DistinctBy(pair => pair.Item))
        {
            Execute(
                """
                UPDATE device_items SET
                    result = (SELECT kept.result FROM device_items kept WHERE kept.item_key = @kept),
                    lease = (SELECT kept.lease FROM device_items kept WHERE kept.item_key = @kept),
                    arrived_at = (SELECT kept.arrived_at FROM device_items kept WHERE kept.item_key = @kept),
                    sequence = (SELECT results FROM device_batches WHERE batch_key = @batch)
                WHERE item_key = @item;
                UPDATE device_batches SET results = results + 1 WHERE batch_key = @batch;
                DELETE FROM device_items WHERE item_key = @kept;
                """,
                new { kept, batch, item });
        }
    }

    /// <summary>Removes a closed batch once nobody can bring or want anything of it.</summary>
    public void RemoveIfSettled(long batch)
    {
        int removed = Execute(
            """
            DELETE FROM device_batches WHERE batch_key = @batch AND state = 'Closed' AND fetched >= results
                AND NOT EXISTS (SELECT 1 FROM device_leases WHERE device_leases.batch_key = device_batches.batch_key AND state = 'Held')
            """,
            new { batch });
        if (removed > 0)
        {
            RemoveUnusedContents();
        }
    }

    public void RemoveUnusedContents()
    {
        LockContents();
        Execute(
            """
            DELETE FROM device_contents
            WHERE NOT EXISTS (SELECT 1 FROM device_items WHERE model_sha256 = device_contents.sha256)
                AND NOT EXISTS (SELECT 1 FROM device_items WHERE inputs_sha256 = device_contents.sha256)
            """,
            null);
    }

    private void Lose(long lease)
    {
        Execute("UPDATE device_leases SET state = 'Lost' WHERE lease_key = @lease", new { lease });
        long batch = Query("SELECT batch_key FROM device_leases WHERE lease_key = @lease", new { lease }, row => row.Whole(0)).Single();
        Count(batch, "losses", options.MaxDisappearances, count => $"it disappeared {count} times in a row without measuring anything.");
        RemoveIfSettled(batch);
    }

    private void Count(long batch, string counter, int limit, Func<long, string> failure)
    {
        long count = Query(
            $"UPDATE device_batches SET {counter} = {counter} + 1 WHERE batch_key = @batch RETURNING {counter}", new { batch }, row => row.Whole(0)).Single();
        if (count >= limit)
        {
            string text = failure(count);
            Execute("UPDATE device_batches SET failure = COALESCE(failure, @text) WHERE batch_key = @batch", new { text, batch });
        }
    }
}
