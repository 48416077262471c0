using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Runs;
using NasEngine.Storage.Runs;

namespace NasEngine.Storage.Devices;

/// <summary>Opens the part of a store that attached devices and their work are kept in.</summary>
public static class DeviceStores
{
    /// <summary>Gives the devices of an open store; they share its database, and end with it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">The clock by which leases run out.</param>
    /// <param name="options">The rules; those unless set if null.</param>
    public static IDeviceStore Of(NasStore store, TimeProvider time, DeviceStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new SqlDeviceStore(store.Database, time, options ?? new DeviceStoreOptions(), owner: null);
    }

    /// <summary>Gives the devices beside the runs of an open store; they share its database, and end with it.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="time">The clock by which leases run out.</param>
    /// <param name="options">The rules; those unless set if null.</param>
    /// <exception cref="ArgumentException">The runs are not kept in a database.</exception>
    public static IDeviceStore Of(IRunStore runs, TimeProvider time, DeviceStoreOptions? options = null) =>
        runs is SqlRunStore { Database: SqlDatabase database }
            ? new SqlDeviceStore(database, time, options ?? new DeviceStoreOptions(), owner: null)
            : throw new ArgumentException("These runs are not kept in a database.", nameof(runs));

    /// <summary>Opens a store for its devices; disposing them closes it. See <see cref="NasStore.OpenAsync"/>.</summary>
    /// <param name="location">A file, or the URL of a PostgreSQL database.</param>
    /// <param name="time">The clock by which leases run out.</param>
    /// <param name="cancellationToken">Stops before the store is opened.</param>
    public static async Task<IDeviceStore> OpenAsync(string location, TimeProvider time, CancellationToken cancellationToken)
    {
        NasStore store = await NasStore.OpenAsync(location, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new SqlDeviceStore(store.Database, time, new DeviceStoreOptions(), store);
    }
}
