using NasEngine.Core.Devices.Remote;
using NasEngine.Storage.Devices;
using NasEngine.Testing.Devices;

namespace NasEngine.UnitTests.Storage.Devices;

internal sealed class SqliteDeviceStoreTests : DeviceStoreContract
{
    private string _folder = string.Empty;

    [TearDown]
    public async Task RemoveFolder()
    {
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override Task<IDeviceStore> OpenEmptyStoreAsync(TimeProvider time)
    {
        _folder = Directory.CreateTempSubdirectory("nas-devices-").FullName;
        return DeviceStores.OpenAsync(Path.Combine(_folder, "nas.db"), time, default);
    }
}
