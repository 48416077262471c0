using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Queries;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Web;

namespace NasEngine.Testing.Web;

/// <summary>A service over a store of its own in a folder of its own; it carries out no jobs.</summary>
public sealed class TestService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private TestService(TemporaryFolder folder, Workplace workplace, NasStore store, JobService jobs, WebApplication app, Uri address, HttpMessageHandler? handler)
    {
        (_folder, Workplace, Store, Jobs, App, Address, Handler) = (folder, workplace, store, jobs, app, address, handler);
        Client = CreateClient(null);
    }

    /// <summary>Gets the folders.</summary>
    public Workplace Workplace { get; }

    /// <summary>Gets the store.</summary>
    public NasStore Store { get; }

    /// <summary>Gets the jobs.</summary>
    public JobService Jobs { get; }

    /// <summary>Gets the service.</summary>
    public WebApplication App { get; }

    /// <summary>Gets where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Gets what carries requests to it; <see langword="null"/> if it listens on a port.</summary>
    public HttpMessageHandler? Handler { get; }

    /// <summary>Gets a client without a token.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts a service.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="listens">Whether it listens on a free port of loopback; otherwise requests reach it within the process.</param>
    /// <param name="location">A store that it shares; one of its own unless given.</param>
    /// <param name="time">The service's clock; the system's if <see langword="null"/>.</param>
    public static async Task<TestService> StartAsync(ServerOptions? options = null, bool listens = false, string? location = null, TimeProvider? time = null)
    {
        TemporaryFolder folder = new();
        Workplace workplace = new(RepositoryFiles.Root, folder.PathOf("home"), folder.PathOf("results"));
        Directory.CreateDirectory(workplace.Home);
        NasStore store = await NasStore.OpenAsync(location ?? workplace.Database).ConfigureAwait(false);
        JobService jobs = new(store.Jobs(TimeProvider.System), store.Runs, workplace, TimeProvider.System);
        ServerOptions settings = (options ?? new ServerOptions { RequestBurst = 100_000, RequestsPerSecond = 100_000 }) with { Port = 0 };
        ServerServices services = new() { Store = store, Workplace = workplace, Jobs = jobs, Time = time ?? TimeProvider.System };
        WebApplication app;
        try
        {
            app = await NasServer.BuildAsync(
                settings, services,
                host =>
                {
                    if (!listens)
                    {
                        host.UseTestServer();
                    }
                },
                default).ConfigureAwait(false);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            folder.Dispose();
            throw;
        }

        await app.StartAsync().ConfigureAwait(false);
        string? address = listens ? app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() : null;
        return new TestService(folder, workplace, store, jobs, app, new Uri(address ?? "http://localhost/"), listens ? null : app.GetTestServer().CreateHandler());
    }

    /// <summary>Makes a client.</summary>
    /// <param name="token">The token that it sends, or <see langword="null"/>.</param>
    public HttpClient CreateClient(string? token)
    {
        HttpClient client = Handler is null ? new HttpClient() : new HttpClient(Handler, disposeHandler: false);
        client.BaseAddress = Address;
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return client;
    }

    /// <summary>Adds a run whose search is done.</summary>
    public Task<RunRecord> AddRunAsync(string name = "sample", int evaluations = 200, DateTimeOffset? createdAt = null) =>
        SampleRun.AddAsync(Store.Runs, name, evaluations, createdAt ?? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    /// <summary>Reads the experiment that a run keeps.</summary>
    public Experiment Experiment(RunRecord run) => App.Services.GetRequiredService<StoredExperiments>().Of(run);

    /// <summary>Reads an answer of the API as JSON.</summary>
    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>($"/api/v1/{path}");

    /// <summary>Sends JSON to the API.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json = null, HttpClient? client = null)
    {
        using HttpRequestMessage request = new(method, $"/api/v1/{path}");
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await (client ?? Client).SendAsync(request).ConfigureAwait(false);
        string text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Handler?.Dispose();
        await App.StopAsync().ConfigureAwait(false);
        await App.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }
}
