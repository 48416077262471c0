using NasEngine.Core.Devices.Remote;
using NasEngine.Storage;
using NasEngine.Storage.Devices;
using NasEngine.Testing.Devices;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

[Parallelizable]
internal sealed class PostgresDeviceStoreTests : DeviceStoreContract
{
    private NasStore _store = null!;

    [TearDown]
    public async Task CloseDatabase() => await _store.DisposeAsync();

    protected override async Task<IDeviceStore> OpenEmptyStoreAsync(TimeProvider time)
    {
        _store = await NasStore.OpenAsync(PostgresServer.Shared.NewStore());
        return DeviceStores.Of(_store, time);
    }
}
