using System.Diagnostics;
using NasEngine.Core.Devices.Remote;
using NasEngine.Profiling.Remote;
using NasEngine.Storage.Devices;
using NasEngine.Testing.Jobs;

namespace NasEngine.Testing.Devices;

/// <summary>The service as a process of its own, and devices that this process asks through the store, as a worker on its own does.</summary>
public sealed class ServedDevices : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private ServedDevices(DirectoryInfo folder, Process process, Uri address, IDeviceStore store)
    {
        _folder = folder;
        _process = process;
        Address = address;
        Store = store;
    }

    /// <summary>Gets the folder that holds what a browser runs networks with, if it is installed.</summary>
    public static string? WebModules
    {
        get
        {
            string modules = Environment.GetEnvironmentVariable("NAS_WEB_MODULES") is { Length: > 0 } named ? named : RepositoryFiles.PathOf("src/NasEngine.Web/node_modules");
            return Directory.Exists(Path.Combine(modules, "onnxruntime-web")) ? modules : null;
        }
    }

    public Uri Address { get; }

    public IDeviceStore Store { get; }

    public static async Task<ServedDevices> StartAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nas-devices-");
        NasProcess nas = new(folder.FullName);
        nas.Environs["NAS_WEB_MODULES"] = WebModules ?? string.Empty;
        Process process = nas.Start("serve", "--port", "0", "--no-worker");
        try
        {
            Uri address = await NasProcess.AddressOfAsync(process).ConfigureAwait(false);
            return new ServedDevices(folder, process, address, await DeviceStores.OpenAsync(nas.Database, TimeProvider.System, default).ConfigureAwait(false));
        }
        catch (Exception)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Gives the device of a name, as a run uses it; it shares this store.</summary>
    public RemoteDevice Device(string name) => new(name, _ => Task.FromResult(Store), TimeProvider.System);

    /// <summary>Waits until a device is attached.</summary>
    public async Task<AttachedDevice> WaitForAsync(string name, TimeSpan patience)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow + patience;
        while (true)
        {
            if ((await Store.ListAsync(default).ConfigureAwait(false)).SingleOrDefault(device => device.Name == name) is { Activity: not DeviceActivity.Offline } device)
            {
                return device;
            }

            Assert.That(DateTimeOffset.UtcNow, Is.LessThan(end), $"Device '{name}' did not come.");
            await Store.WaitAsync(TimeSpan.FromMilliseconds(100), default).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync().ConfigureAwait(false);
        await NasProcess.StopAsync(_process).ConfigureAwait(false);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
