using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Runs;
using NasEngine.Profiling;
using NasEngine.Storage;
using NasEngine.Storage.Devices;

namespace NasEngine.Jobs.Background;

/// <summary>What a worker works with.</summary>
public sealed record WorkerServices
{
    /// <summary>Gets the open store; it stays open longer than the worker.</summary>
    public required NasStore Store { get; init; }

    /// <summary>Gets what runs work with; their progress goes to the consoles of their jobs.</summary>
    public required RunServices Runs { get; init; }

    /// <summary>Gets the service that jobs are started through.</summary>
    public required JobService Service { get; init; }

    /// <summary>Puts together what a worker on this machine works with.</summary>
    /// <remarks>Files go through the store only where workers of other machines may need them: beside a SQLite file all work is done in the same folders.</remarks>
    /// <param name="store">The open store.</param>
    /// <param name="workplace">The folders of this machine.</param>
    /// <param name="service">The service that jobs are started through.</param>
    /// <param name="messages">Where the worker says what is wrong with it as a whole.</param>
    /// <param name="time">The clock.</param>
    public static WorkerServices Of(NasStore store, Workplace workplace, JobService service, IProgressSink messages, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        IDeviceStore attached = DeviceStores.Of(store, time);
        return new WorkerServices
        {
            Store = store,
            Service = service,
            Runs = new RunServices
            {
                Store = store.Runs,
                Workplace = workplace,
                Progress = messages,
                Time = time,
                OpenDevice = new DeviceRegistry(time, null, _ => Task.FromResult(attached)).Create,
                Blobs = store.PostgresConnectionString is null ? null : store.Blobs,
            },
        };
    }

    /// <summary>Gets who carries out what; all kinds of the engine unless set.</summary>
    internal IReadOnlyList<IJobHandler>? Handlers { get; init; }
}
