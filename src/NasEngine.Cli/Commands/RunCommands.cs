using System.CommandLine;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Client;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas run</c>, and the commands that do a run's steps up to one.</summary>
internal static class RunCommands
{
    public static Command Run(TextWriter output, TextWriter error)
    {
        ExperimentOptions options = new();
        Option<bool> check = new("--check") { Description = "Read the experiment and its space, say what would be done, and do nothing." };
        Option<bool> json = CommonOptions.Json();
        Command command = options.AddTo(new Command("run", "Carry an experiment out: train, measure, fit, search, verify, export, report."), withFile: true);
        command.Add(check);
        command.Add(json);
        RemoteService.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            Experiment experiment = options.Read(parse);
            if (parse.GetValue(check))
            {
                await output.WriteLineAsync($"{RunKey.RunId(experiment)}: {experiment.Space.Size:N0} architectures of {experiment.Space.Name}, {experiment.Train.Steps} training steps, {experiment.Search.Evaluations} evaluations by {experiment.Search.Algorithm}").ConfigureAwait(false);
                return ExitCode.Done;
            }

            using NasClient? client = RemoteService.Client(parse);
            if (client is not null)
            {
                await RemoteRuns.CarryOutAsync(
                    client, experiment, null, parse.GetValue(options.Fresh), parse.GetValue(json), output, CommonOptions.Progress(error, parse.GetValue(options.Quiet)), cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }

            await CarryOutAsync(parse, experiment, null, parse.GetValue(options.Fresh), parse.GetValue(options.Quiet), parse.GetValue(json), output, error, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, "nas run searchspaces/experiments/quickstart.json", "nas run experiment.json --seed 7 --max-latency \"0.4 ms\"", "nas run experiment.json --set search.algorithm=random");
    }

    public static Command Until(string step, string description, string example, TextWriter output, TextWriter error)
    {
        ExperimentOptions options = new();
        Command command = RemoteService.AddTo(options.AddTo(new Command(step, description), withFile: true));
        command.SetAction(async (parse, cancellationToken) =>
        {
            (Experiment experiment, bool fresh, bool quiet) = (options.Read(parse), parse.GetValue(options.Fresh), parse.GetValue(options.Quiet));
            using NasClient? client = RemoteService.Client(parse);
            await (client is not null
                ? RemoteRuns.CarryOutAsync(client, experiment, step, fresh, json: false, output, CommonOptions.Progress(error, quiet), cancellationToken)
                : CarryOutAsync(parse, experiment, step, fresh, quiet, json: false, output, error, cancellationToken)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return HelpWithExamples.Add(command, example);
    }

    /// <summary>Carries an experiment out and prints what came of it.</summary>
    public static async Task CarryOutAsync(
        ParseResult parse, Experiment experiment, string? until, bool fresh, bool quiet, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        RunServices services = await CommonOptions.ServicesAsync(parse, error, quiet, cancellationToken).ConfigureAwait(false);
        await using (services.Store.ConfigureAwait(false))
        {
            services.Progress.Say($"run {RunKey.RunId(experiment)}: {experiment.Space.Size:N0} architectures of {experiment.Space.Name}");
            RunRecord run = await new ExperimentRunner(services).RunAsync(experiment, until, fresh, cancellationToken).ConfigureAwait(false);
            if (until is null)
            {
                await RunSummary.WriteAsync(services, experiment, run, json, output, cancellationToken).ConfigureAwait(false);
            }
            else if (await StepResultAsync(services, run.Id, until, cancellationToken).ConfigureAwait(false) is string result)
            {
                await output.WriteLineAsync(result).ConfigureAwait(false);
            }
        }
    }

    private static async Task<string?> StepResultAsync(RunServices services, string runId, string step, CancellationToken cancellationToken) =>
        (await services.Store.GetStepsAsync(runId, cancellationToken).ConfigureAwait(false)).FirstOrDefault(record => record.Step == step)?.Result;
}
