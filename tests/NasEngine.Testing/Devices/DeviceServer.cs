using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NasEngine.Core.Devices.Remote;
using NasEngine.Profiling.Remote;
using NasEngine.Storage;
using NasEngine.Storage.Devices;
using NasEngine.Web.Devices;

namespace NasEngine.Testing.Devices;

/// <summary>The devices' part of the service alone, on a free port, over a store in a temporary folder. Everybody may do everything.</summary>
public sealed class DeviceServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly NasStore _database;

    private DeviceServer(TemporaryFolder folder, WebApplication app, NasStore database, IDeviceStore store)
    {
        _folder = folder;
        _database = database;
        _app = app;
        Store = store;
    }

    public IDeviceStore Store { get; }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<DeviceServer> StartAsync(DeviceStoreOptions? options = null)
    {
        TemporaryFolder folder = new();
        NasStore database = await NasStore.OpenAsync(folder.PathOf("nas.db"));
        IDeviceStore store = DeviceStores.Of(database, TimeProvider.System, options);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(store).AddSingleton(TimeProvider.System);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("device", policy => policy.RequireAssertion(_ => true))
            .AddPolicy("viewer", policy => policy.RequireAssertion(_ => true))
            .AddPolicy("actor", policy => policy.RequireAssertion(_ => true));
        WebApplication app = builder.Build();
        DeviceEndpoints.Map(app.MapGroup("/api/v1"));
        await app.StartAsync();
        return new DeviceServer(folder, app, database, store);
    }

    /// <summary>Gives the device of a name, as a run uses it.</summary>
    public RemoteDevice Device(string name) => new(
        name, _ => Task.FromResult(Store), TimeProvider.System, new RemoteDeviceOptions { PollInterval = TimeSpan.FromMilliseconds(50) });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
