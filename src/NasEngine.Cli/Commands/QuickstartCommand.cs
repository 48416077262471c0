using System.CommandLine;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Training.DataSets;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas quickstart</c>: the whole way on Fashion-MNIST, from an experiment that ships.</summary>
internal static class QuickstartCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        ExperimentOptions options = new();
        Option<bool> json = CommonOptions.Json();
        Command command = options.AddTo(new Command("quickstart", "Train, measure, search and export on Fashion-MNIST, in a few minutes."), withFile: false);
        command.Add(json);
        command.SetAction(async (parse, cancellationToken) =>
        {
            Workplace workplace = Workplace.FromEnvironment();
            string file = Path.Combine(workplace.Root, "searchspaces", "experiments", "quickstart.json");
            if (!File.Exists(file))
            {
                throw new UsageException($"There is no {file}: NAS_ROOT must name the project's folder.");
            }

            Experiment experiment = options.Read(parse, Path.GetRelativePath(Directory.GetCurrentDirectory(), file));
            IProgressSink progress = CommonOptions.Progress(error, parse.GetValue(options.Quiet));
            if (KnownDataSet.Named(experiment.Data.Name) is { CanFetch: true })
            {
                await new DataFetcher(workplace.Data, progress.Say).FetchAsync(experiment.Data.Name, cancellationToken).ConfigureAwait(false);
            }

            await RunCommands.CarryOutAsync(parse, experiment, null, parse.GetValue(options.Fresh), parse.GetValue(options.Quiet), parse.GetValue(json), output, error, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas quickstart", "nas quickstart --seed 7");
    }
}
