using System.CommandLine;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Machine;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Runs;
using NasEngine.Profiling;
using NasEngine.Storage;
using NasEngine.Storage.Devices;

namespace NasEngine.Cli.Commands;

/// <summary>Options and services that several commands share.</summary>
internal static class CommonOptions
{
    private const string StoreName = "--store";

    /// <summary>Creates <c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output, and nothing else there." };

    /// <summary>Creates <c>--quiet</c>.</summary>
    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Show no progress." };

    /// <summary>Creates the argument that names a stored run.</summary>
    public static Argument<string> RunName() => new("RUN") { Description = "A run's id or name, or 'latest'.", DefaultValueFactory = static _ => "latest" };

    /// <summary>Creates <c>--store</c>.</summary>
    public static Option<string?> Store() => new(StoreName)
    {
        Description = "The database: a SQLite file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE (NAS_STORE); without it nas.db in the folder of results.",
    };

    /// <summary>Gives the store that a command line, the environment or else the workplace names.</summary>
    /// <param name="parse">The parsed line of a command that has <c>--store</c>.</param>
    /// <param name="workplace">The workplace.</param>
    public static string StoreLocation(ParseResult parse, Workplace workplace) =>
        parse.GetValue<string?>(StoreName) ?? EnvironmentSetting.Find("NAS_STORE") ?? workplace.Database;

    /// <summary>Opens the runs of the store that a command line names.</summary>
    public static Task<IRunStore> OpenStoreAsync(ParseResult parse, Workplace workplace, CancellationToken cancellationToken) =>
        RunStores.OpenAsync(StoreLocation(parse, workplace), cancellationToken: cancellationToken);

    /// <summary>Creates the services that runs work with.</summary>
    public static async Task<RunServices> ServicesAsync(ParseResult parse, TextWriter error, bool quiet, CancellationToken cancellationToken)
    {
        Workplace workplace = Workplace.FromEnvironment();
        DeviceRegistry devices = Devices(StoreLocation(parse, workplace));
        return new RunServices
        {
            Store = await OpenStoreAsync(parse, workplace, cancellationToken).ConfigureAwait(false),
            Workplace = workplace,
            Progress = Progress(error, quiet),
            Time = TimeProvider.System,
            OpenDevice = devices.Create,
        };
    }

    /// <summary>Creates the devices that can be named; those attached to a service are found through its store.</summary>
    /// <param name="location">The store; it is opened by the first device that needs it.</param>
    public static DeviceRegistry Devices(string location) =>
        new(TimeProvider.System, openStore: cancellationToken => DeviceStores.OpenAsync(location, TimeProvider.System, cancellationToken));

    /// <inheritdoc cref="Devices(string)"/>
    public static DeviceRegistry Devices(ParseResult parse) => Devices(StoreLocation(parse, Workplace.FromEnvironment()));

    /// <summary>Creates what shows progress.</summary>
    public static IProgressSink Progress(TextWriter error, bool quiet) =>
        quiet ? SilentProgress.Instance : new ConsoleProgress(error, !Console.IsErrorRedirected, TimeProvider.System);
}
