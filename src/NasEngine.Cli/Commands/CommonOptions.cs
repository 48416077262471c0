using System.CommandLine;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Runs;
using NasEngine.Profiling;
using NasEngine.Storage;

namespace NasEngine.Cli.Commands;

/// <summary>Options and services that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Creates <c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output, and nothing else there." };

    /// <summary>Creates <c>--quiet</c>.</summary>
    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Show no progress." };

    /// <summary>Creates the argument that names a stored run.</summary>
    public static Argument<string> RunName() => new("RUN") { Description = "A run's id or name, or 'latest'.", DefaultValueFactory = static _ => "latest" };

    /// <summary>Opens the store of the workplace.</summary>
    public static Task<IRunStore> OpenStoreAsync(Workplace workplace, CancellationToken cancellationToken) =>
        RunStores.OpenSqliteAsync(workplace.Database, cancellationToken: cancellationToken);

    /// <summary>Creates the services that runs work with.</summary>
    public static async Task<RunServices> ServicesAsync(TextWriter error, bool quiet, CancellationToken cancellationToken)
    {
        Workplace workplace = Workplace.FromEnvironment();
        DeviceRegistry devices = new(TimeProvider.System);
        return new RunServices
        {
            Store = await OpenStoreAsync(workplace, cancellationToken).ConfigureAwait(false),
            Workplace = workplace,
            Progress = Progress(error, quiet),
            Time = TimeProvider.System,
            OpenDevice = devices.Create,
        };
    }

    /// <summary>Creates what shows progress.</summary>
    public static IProgressSink Progress(TextWriter error, bool quiet) =>
        quiet ? SilentProgress.Instance : new ConsoleProgress(error, !Console.IsErrorRedirected, TimeProvider.System);
}
