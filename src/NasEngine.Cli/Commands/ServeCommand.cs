using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Web;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas serve</c>: the service with its API, its pages and a worker of its own.</summary>
internal static class ServeCommand
{
    public static Command Create(TextWriter output)
    {
        Option<string> host = new("--host") { Description = "The address to listen on. Beyond loopback a token is needed: see 'nas token create'.", DefaultValueFactory = static _ => "127.0.0.1" };
        Option<int> port = new("--port") { Description = "The port to listen on; 0 takes a free one.", DefaultValueFactory = static _ => 5210 };
        Option<string?> tokens = new("--token-file") { Description = "A file of tokens, a line each: a role (viewer, actor, device) and a token. Nobody else may read it. NAS_TOKENS takes ROLE:TOKEN." };
        Option<string[]> names = new("--allowed-host") { Description = "A name that the service may be called by, besides localhost. May be given again." };
        Option<bool> noWorker = new("--no-worker") { Description = "Carry out no jobs here: 'nas worker' does." };
        Option<int> threads = new("--threads") { Description = "Batches of networks to evaluate at once.", DefaultValueFactory = static _ => 1 };
        Option<bool> json = new("--log-json") { Description = "Write logs as JSON, an object a line." };
        Command command = new("serve", "Start the service: an HTTP API, pages to search and watch with, background jobs.") { host, port, tokens, names, noWorker, threads, json, CommonOptions.Store() };
        command.SetAction(async (parse, cancellationToken) =>
        {
            Workplace workplace = Workplace.FromEnvironment();
            ServerOptions options = new()
            {
                Host = parse.GetRequiredValue(host),
                Port = parse.GetValue(port),
                TokenFile = parse.GetValue(tokens),
                Tokens = EnvironmentSetting.Find("NAS_TOKENS"),
                AllowedHosts = parse.GetValue(names) ?? [],
                JsonLogs = parse.GetValue(json),
                PagesFolder = EnvironmentSetting.Find("NAS_PAGES"),
                ModuleFolders = Modules(workplace),
            };
            NasStore opened = await NasStore.OpenAsync(CommonOptions.StoreLocation(parse, workplace), cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                JobService jobs = new(opened.Jobs(TimeProvider.System), opened.Runs, workplace, TimeProvider.System);
                WebApplication server = await NasServer.BuildAsync(options, new ServerServices { Store = opened, Workplace = workplace, Jobs = jobs, Time = TimeProvider.System }, cancellationToken).ConfigureAwait(false);
                await using (server.ConfigureAwait(false))
                {
                    int? batches = parse.GetValue(noWorker) ? null : Math.Clamp(parse.GetValue(threads), 1, 64);
                    await ServeAsync(server, () => StartWorkerAsync(opened, jobs, workplace, batches, cancellationToken), output, cancellationToken).ConfigureAwait(false);
                }
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas serve", "nas serve --port 8080 --store postgres://nas:secret@db/nas --no-worker", "nas serve --host 0.0.0.0 --token-file tokens.txt");
    }

    private static async Task ServeAsync(WebApplication server, Func<Task<WorkerHost?>> startWorker, TextWriter output, CancellationToken cancellationToken)
    {
        WorkerHost? worker = null;
        try
        {
            await StartAsync(server, cancellationToken).ConfigureAwait(false);
            worker = await startWorker().ConfigureAwait(false);
            string address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? string.Empty;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"listening on {address}")).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            // Requests in hand are answered while jobs under way come to their end.
            await Task.WhenAll(server.StopAsync(CancellationToken.None), worker?.DisposeAsync().AsTask() ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }

    private static async Task StartAsync(WebApplication server, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException)
        {
            throw new UsageException($"The service cannot listen: {problem.Message}", problem);
        }
    }

    private static async Task<WorkerHost?> StartWorkerAsync(NasStore store, JobService jobs, Workplace workplace, int? batches, CancellationToken cancellationToken)
    {
        if (batches is null)
        {
            return null;
        }

        WorkerServices services = WorkerServices.Of(store, workplace, jobs, SilentProgress.Instance, TimeProvider.System);
        WorkerOptions options = new() { Threads = batches.Value, Devices = new Dictionary<string, string> { ["local"] = "local" } };
        return await WorkerHost.StartAsync(options, services, cancellationToken).ConfigureAwait(false);
    }

    private static string[] Modules(Workplace workplace) =>
    [
        EnvironmentSetting.Find("NAS_WEB_MODULES") ?? Path.Combine(workplace.Root, "src", "NasEngine.Web", "node_modules"),
        EnvironmentSetting.Find("NAS_AGENT_MODULES") ?? Path.Combine(workplace.Root, "src", "NasEngine.DeviceAgent", "node_modules"),
    ];
}
