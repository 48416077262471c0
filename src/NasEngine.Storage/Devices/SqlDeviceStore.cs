using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;

namespace NasEngine.Storage.Devices;

/// <summary>Keeps attached devices and their work in a database.</summary>
internal sealed class SqlDeviceStore : IDeviceStore
{
    private readonly SqlDatabase _database;
    private readonly TimeProvider _time;
    private readonly IAsyncDisposable? _owner;
    private readonly DeviceSignal _signal;
    private readonly DeviceList _list;
    private readonly DeviceWork _work;
    private readonly DeviceQueue _queue;

    public SqlDeviceStore(SqlDatabase database, TimeProvider time, DeviceStoreOptions options, IAsyncDisposable? owner)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LeaseTime, TimeSpan.FromMilliseconds(100), nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxFailures, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxDisappearances, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.KeptMeasurements, 1, nameof(options));
        _database = database;
        _time = time;
        _owner = owner;
        Options = options;
        _signal = new DeviceSignal(time);
        _list = new DeviceList(database, options);
        _work = new DeviceWork(options);
        _queue = new DeviceQueue(database, options);
    }

    /// <inheritdoc/>
    public event Action<DeviceChange>? Changed;

    /// <inheritdoc/>
    public DeviceStoreOptions Options { get; }

    /// <inheritdoc/>
    public async Task<DeviceSession> AttachAsync(DeviceAttachment attachment, CancellationToken cancellationToken)
    {
        Check(attachment);
        DeviceSession session = await ChangeAsync(write => _list.Attach(write, attachment), cancellationToken).ConfigureAwait(false);
        Changed?.Invoke(new DeviceChange(session.Name, DeviceActivity.Online));
        return session;
    }

    /// <inheritdoc/>
    public Task NoteAsync(DeviceAttachment device, string form, CancellationToken cancellationToken)
    {
        Check(device);
        ArgumentException.ThrowIfNullOrEmpty(form);
        return WriteAsync(write => DeviceList.Note(write, device, form), cancellationToken);
    }

    /// <inheritdoc/>
    public Task LeaveAsync(string session, CancellationToken cancellationToken) =>
        AnnounceAsync(session, DeviceActivity.Offline, write => DeviceList.Leave(write, session), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        bool isRemoved = await ChangeAsync(write => DeviceList.Remove(write, name), cancellationToken).ConfigureAwait(false);
        if (isRemoved)
        {
            Changed?.Invoke(new DeviceChange(name, null));
        }

        return isRemoved;
    }

    /// <inheritdoc/>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        int leases = 0;
        foreach (AttachedDevice device in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            leases += await ChangeAsync(write => write.LockByName(device.Name) is long key ? write.Expire(key) : 0, cancellationToken).ConfigureAwait(false);
        }

        return leases;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AttachedDevice>> ListAsync(CancellationToken cancellationToken) =>
        await _list.ListAsync(name: null, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceMeasurement>> ListMeasurementsAsync(string name, int limit, CancellationToken cancellationToken) =>
        await _list.ListMeasurementsAsync(name, limit, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task RecordAsync(string name, Measurement measurement, CancellationToken cancellationToken) =>
        WriteAsync(write => _list.Record(write, name, measurement), cancellationToken);

    /// <inheritdoc/>
    public async Task<DeviceLease?> LeaseAsync(string session, CancellationToken cancellationToken)
    {
        (DeviceLease? lease, string? name) = await WriteAsync(
            write => _work.Lease(write, session) is DeviceLease given ? (given, NameOf(write, session)) : default((DeviceLease?, string?)), cancellationToken).ConfigureAwait(false);
        Announce(name, DeviceActivity.Busy);
        return lease;
    }

    /// <inheritdoc/>
    public Task<DeviceHeartbeat> HoldAsync(string session, string lease, CancellationToken cancellationToken) =>
        WriteAsync(write => _work.Hold(write, session, lease), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> StoreAsync(string session, string lease, string key, string document, CancellationToken cancellationToken)
    {
        StoredJson.Require(document);
        return ChangeAsync(write => _work.Store(write, session, lease, key, document), cancellationToken);
    }

    /// <inheritdoc/>
    public Task FinishAsync(string session, string lease, string summary, CancellationToken cancellationToken)
    {
        StoredJson.Require(summary);
        return AnnounceAsync(session, DeviceActivity.Online, write => DeviceWork.Finish(write, session, lease, summary), cancellationToken);
    }

    /// <inheritdoc/>
    public Task FailAsync(string session, string lease, DeviceFault fault, CancellationToken cancellationToken) =>
        AnnounceAsync(session, DeviceActivity.Online, write => DeviceWork.Fail(write, session, lease, fault), cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]?> FindContentAsync(string session, string sha256, CancellationToken cancellationToken)
    {
        List<byte[]> found = await _database.ReadAsync(
            """
            SELECT c.content FROM device_contents c WHERE c.sha256 = @sha256 AND EXISTS (
                SELECT 1 FROM device_leases l JOIN device_items i ON i.batch_key = l.batch_key
                WHERE l.session = @session AND l.state = 'Held' AND (i.model_sha256 = c.sha256 OR i.inputs_sha256 = c.sha256))
            """,
            new { session, sha256 }, row => row.Bytes(0), cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            long known = (await _database.ReadAsync(
                "SELECT COUNT(*) FROM devices WHERE session = @session AND is_gone = 0", new { session }, row => row.Whole(0), cancellationToken).ConfigureAwait(false))[0];
            return known > 0 ? null : throw new DeviceSessionEndedException();
        }

        return found[0];
    }

    /// <inheritdoc/>
    public Task<string> AddAsync(DeviceBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        StoredJson.Require(batch.Options);
        return ChangeAsync(write => DeviceQueue.Add(write, batch), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DeviceBatchProgress> ReadAsync(string batch, int fromSequence, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        (DeviceBatchProgress progress, string device, DateTimeOffset askedAt, bool hasExpired) =
            await _queue.ReadAsync(batch, fromSequence, now, cancellationToken).ConfigureAwait(false);
        if (hasExpired || _queue.IsDue(askedAt, now))
        {
            await WriteAsync(write => DeviceQueue.Ask(write, batch, fromSequence), cancellationToken).ConfigureAwait(false);
        }

        return progress with { Device = (await _list.ListAsync(device, now, cancellationToken).ConfigureAwait(false)).SingleOrDefault() };
    }

    /// <inheritdoc/>
    public Task CloseAsync(string batch, int fetched, CancellationToken cancellationToken) =>
        ChangeAsync(write => DeviceQueue.Close(write, batch, fetched), cancellationToken);

    /// <inheritdoc/>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _signal.WaitAsync(longest, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_owner is not null)
        {
            await _owner.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void Check(DeviceAttachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        DeviceAttachment.RequireName(attachment.Name);
        ArgumentException.ThrowIfNullOrEmpty(attachment.Instance);
    }

    private static string? NameOf(DeviceTransaction write, string session) =>
        write.Query("SELECT name FROM devices WHERE session = @session", new { session }, row => row.Text(0)).SingleOrDefault();

    private void Announce(string? name, DeviceActivity activity)
    {
        // A session that is over says nothing about the device any more.
        if (name is not null)
        {
            Changed?.Invoke(new DeviceChange(name, activity));
        }
    }

    private async Task AnnounceAsync(string session, DeviceActivity activity, Action<DeviceTransaction> work, CancellationToken cancellationToken)
    {
        string? name = await ChangeAsync(
            write =>
            {
                work(write);
                return NameOf(write, session);
            },
            cancellationToken).ConfigureAwait(false);
        Announce(name, activity);
    }

    private Task<T> WriteAsync<T>(Func<DeviceTransaction, T> work, CancellationToken cancellationToken) => _database.WriteAsync(
        (connection, transaction) => work(new DeviceTransaction(_database, connection, transaction, Options, _time.GetUtcNow())), cancellationToken);

    private Task WriteAsync(Action<DeviceTransaction> work, CancellationToken cancellationToken) => _database.WriteAsync(
        (connection, transaction) => work(new DeviceTransaction(_database, connection, transaction, Options, _time.GetUtcNow())), cancellationToken);

    /// <summary>Writes something that others wait for: work, or what came of it.</summary>
    private async Task<T> ChangeAsync<T>(Func<DeviceTransaction, T> work, CancellationToken cancellationToken)
    {
        T result = await WriteAsync(work, cancellationToken).ConfigureAwait(false);
        _signal.Set();
        return result;
    }

    private async Task ChangeAsync(Action<DeviceTransaction> work, CancellationToken cancellationToken)
    {
        await WriteAsync(work, cancellationToken).ConfigureAwait(false);
        _signal.Set();
    }
}
