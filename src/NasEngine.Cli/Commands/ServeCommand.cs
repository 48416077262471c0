using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Web;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas serve</c>: the service with its API and pages.</summary>
internal static class ServeCommand
{
    public static Command Create(TextWriter output)
    {
        Option<string> host = new("--host") { Description = "The address to listen on. Beyond loopback a token is needed: see 'nas token create'.", DefaultValueFactory = static _ => "127.0.0.1" };
        Option<int> port = new("--port") { Description = "The port to listen on; 0 takes a free one.", DefaultValueFactory = static _ => 5210 };
        Option<string?> store = new("--store") { Description = "A SQLite file, or postgres://user:password@host/database (NAS_STORE)." };
        Option<string?> tokens = new("--token-file") { Description = "A file of tokens, a line each: a role (viewer, actor, device) and a token. Nobody else may read it. NAS_TOKENS takes ROLE:TOKEN." };
        Option<string[]> names = new("--allowed-host") { Description = "A name that the service may be called by, besides localhost. May be given again." };
        Option<bool> json = new("--log-json") { Description = "Write logs as JSON, an object a line." };
        Command command = new("serve", "Start the service: an HTTP API, pages to search and watch with, background jobs.") { host, port, store, tokens, names, json };
        command.SetAction(async (parse, cancellationToken) =>
        {
            Workplace workplace = Workplace.FromEnvironment();
            ServerOptions options = new()
            {
                Host = parse.GetRequiredValue(host),
                Port = parse.GetValue(port),
                TokenFile = parse.GetValue(tokens),
                Tokens = Variable("NAS_TOKENS"),
                AllowedHosts = parse.GetValue(names) ?? [],
                JsonLogs = parse.GetValue(json),
                PagesFolder = Variable("NAS_PAGES"),
                ModuleFolders = Modules(workplace),
            };
            NasStore opened = await NasStore.OpenAsync(parse.GetValue(store) ?? Variable("NAS_STORE") ?? workplace.Database, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                WebApplication server = NasServer.Build(options, new ServerServices { Store = opened, Workplace = workplace, Time = TimeProvider.System });
                await using (server.ConfigureAwait(false))
                {
                    await ServeAsync(server, output, cancellationToken).ConfigureAwait(false);
                }
            }

            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas serve", "nas serve --port 8080 --store postgres://nas:secret@db/nas", "nas serve --host 0.0.0.0 --token-file tokens.txt");
    }

    private static async Task ServeAsync(WebApplication server, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException problem)
        {
            throw new UsageException($"The service cannot listen: {problem.Message}", problem);
        }

        string address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? string.Empty;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"listening on {address}")).ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop: requests in hand are answered first.
            await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static string[] Modules(Workplace workplace) =>
    [
        Variable("NAS_WEB_MODULES") ?? Path.Combine(workplace.Root, "src", "NasEngine.Web", "node_modules"),
        Variable("NAS_AGENT_MODULES") ?? Path.Combine(workplace.Root, "src", "NasEngine.DeviceAgent", "node_modules"),
    ];

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
