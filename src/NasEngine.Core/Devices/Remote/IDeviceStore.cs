namespace NasEngine.Core.Devices.Remote;

/// <summary>What devices that are attached over the network and those who need measurements share: devices, work, leases, results.</summary>
/// <remarks>
/// Thread-safe, and shared by any number of processes on one store. Agents hold work by leases: one that stops calling loses it after
/// <see cref="DeviceStoreOptions.LeaseTime"/>, and what it had not finished is given out again. A network gets one result: the first that arrives,
/// whichever lease it comes from. Each call is one transaction.
/// </remarks>
public interface IDeviceStore : IAsyncDisposable
{
    /// <summary>Raised when an agent came, took work, ended it or left through this object. Changes by other processes, and agents that stop calling, are not seen here.</summary>
    event Action<DeviceChange>? Changed;

    /// <summary>Gets the rules.</summary>
    DeviceStoreOptions Options { get; }

    /// <summary>Attaches an agent. What an older one of the same instance held is given back; a device that comes back goes on with its queue.</summary>
    /// <param name="attachment">What the agent says about itself.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DeviceNameTakenException">An agent of another instance has the name and is there.</exception>
    /// <exception cref="DeviceSessionEndedException">A later agent of this instance has the name, or this one was removed.</exception>
    Task<DeviceSession> AttachAsync(DeviceAttachment attachment, CancellationToken cancellationToken);

    /// <summary>Notes that a device of a worker is there: such a device takes no work from this store.</summary>
    /// <param name="device">What it is; its instance is the worker.</param>
    /// <param name="form">The text that an experiment names it by.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    Task NoteAsync(DeviceAttachment device, string form, CancellationToken cancellationToken);

    /// <summary>Ends an agent's session; what it held is given back at once.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    Task LeaveAsync(string session, CancellationToken cancellationToken);

    /// <summary>Forgets a device with its queue and its measurements; false if there is none of that name.</summary>
    /// <param name="name">The device's name.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes away leases that ran out, and closes work that nobody asks for any more, of every device; otherwise that waits until a device is heard of again.</summary>
    /// <param name="cancellationToken">Stops between devices.</param>
    /// <returns>How many leases were taken away.</returns>
    Task<int> ExpireAsync(CancellationToken cancellationToken);

    /// <summary>Gives all devices, by name.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<IReadOnlyList<AttachedDevice>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Gives a device's last measurements, the newest first.</summary>
    /// <param name="name">The device's name.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<IReadOnlyList<DeviceMeasurement>> ListMeasurementsAsync(string name, int limit, CancellationToken cancellationToken);

    /// <summary>Keeps a measurement among a device's last ones; does nothing if there is no such device.</summary>
    /// <param name="name">The device's name.</param>
    /// <param name="measurement">The measurement.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    Task RecordAsync(string name, Measurement measurement, CancellationToken cancellationToken);

    /// <summary>Gives an agent the next batch of its device, oldest first, or null if there is none now.</summary>
    /// <param name="session">The agent's session.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DeviceSessionEndedException">The session has ended.</exception>
    Task<DeviceLease?> LeaseAsync(string session, CancellationToken cancellationToken);

    /// <summary>Holds a lease. One that had expired lives again if its work still waits.</summary>
    /// <param name="session">The agent's session.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DeviceSessionEndedException">The session has ended.</exception>
    Task<DeviceHeartbeat> HoldAsync(string session, string lease, CancellationToken cancellationToken);

    /// <summary>Stores the result for one network, which also holds the lease. A lease that has expired or whose session has ended may still bring one.</summary>
    /// <param name="session">The session that got the lease.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="key">The network.</param>
    /// <param name="document">The result, one JSON object.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>False if the network has a result already, or nobody waits for it: it was ignored.</returns>
    /// <exception cref="DeviceSessionEndedException">The session has ended, and there is no such lease of it.</exception>
    Task<bool> StoreAsync(string session, string lease, string key, string document, CancellationToken cancellationToken);

    /// <summary>Ends a lease whose work is done; a network that has no result goes back, which counts as a failure.</summary>
    /// <param name="session">The agent's session.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="summary">What the agent says about the batch as a whole, one JSON object.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DeviceSessionEndedException">The session has ended, and there is no such lease of it.</exception>
    Task FinishAsync(string session, string lease, string summary, CancellationToken cancellationToken);

    /// <summary>Gives back what a lease has not finished.</summary>
    /// <param name="session">The agent's session.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="fault">Why.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DeviceSessionEndedException">The session has ended, and there is no such lease of it.</exception>
    Task FailAsync(string session, string lease, DeviceFault fault, CancellationToken cancellationToken);

    /// <summary>Gives a file that belongs to work an agent holds, or null if it holds none with it.</summary>
    /// <param name="session">The agent's session.</param>
    /// <param name="sha256">The file's SHA-256, lower-case hexadecimal.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="DeviceSessionEndedException">The session has ended.</exception>
    Task<byte[]?> FindContentAsync(string session, string sha256, CancellationToken cancellationToken);

    /// <summary>Puts work into a device's queue. Results that nobody fetched for equal networks under equal options are part of it from the start.</summary>
    /// <param name="batch">The work.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>What names the batch.</returns>
    /// <exception cref="DeviceUnreachableException">There is no device of that name.</exception>
    Task<string> AddAsync(DeviceBatch batch, CancellationToken cancellationToken);

    /// <summary>Says how far a batch is, and that somebody still waits for it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="fromSequence">The first result that is wanted; those before are taken as fetched.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="Errors.WorkFailedException">There is no such batch.</exception>
    Task<DeviceBatchProgress> ReadAsync(string batch, int fromSequence, CancellationToken cancellationToken);

    /// <summary>Takes a batch out of the queue, at the latest with the next heartbeat of who works on it.</summary>
    /// <param name="batch">The batch; one that is not there is no error.</param>
    /// <param name="fetched">How many results, in order, were fetched.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    Task CloseAsync(string batch, int fetched, CancellationToken cancellationToken);

    /// <summary>Waits until something changed through this object, or for a time.</summary>
    /// <param name="longest">The longest time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken);
}
