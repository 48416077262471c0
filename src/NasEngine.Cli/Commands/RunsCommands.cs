using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NasEngine.Cli.Terminal;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Queries;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Client;

namespace NasEngine.Cli.Commands;

/// <summary><c>nas runs</c>: what the database holds.</summary>
internal static class RunsCommands
{
    public static Command Create(TextWriter output) => HelpWithExamples.Add(
        new Command("runs", "List, show and delete runs.") { List(output), Show(output), Delete(output) }, "nas runs list", "nas runs show latest", "nas runs delete quickstart-1a2b3c4d");

    private static Command List(TextWriter output)
    {
        Option<bool> json = CommonOptions.Json();
        Option<int> limit = new("--limit") { Description = "The newest runs, at most this many.", DefaultValueFactory = static _ => 50 };
        Command command = RemoteService.AddTo(new("list", "List runs, newest first.") { limit, json, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            IReadOnlyList<RunSummaryView>? remote = client is null ? null : (await client.ListRunsAsync(Math.Clamp(parse.GetValue(limit), 1, 500), cancellationToken).ConfigureAwait(false)).Items;
            if (remote is not null)
            {
                await WriteAsync(output, parse.GetValue(json), [.. remote.Select(run => new RunRow(run.Id, run.Name, run.Space, run.Seed, run.State, run.CreatedAt))]).ConfigureAwait(false);
                return ExitCode.Done;
            }

            IRunStore store = await CommonOptions.OpenStoreAsync(parse, Workplace.FromEnvironment(), cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                IReadOnlyList<RunRecord> runs = await store.ListRunsAsync(Math.Max(1, parse.GetValue(limit)), cancellationToken).ConfigureAwait(false);
                await WriteAsync(output, parse.GetValue(json), [.. runs.Select(run => new RunRow(run.Id, run.Name, run.SpaceName, run.Seed, State(run), run.CreatedAt))]).ConfigureAwait(false);
                return ExitCode.Done;
            }
        });
        return HelpWithExamples.Add(command, "nas runs list");
    }

    private static Command Show(TextWriter output)
    {
        Argument<string> name = CommonOptions.RunName();
        Command command = RemoteService.AddTo(new("show", "Print a run as JSON: its experiment, steps and artefacts.") { name, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            if (client is not null)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(await client.ShowRunAsync(parse.GetRequiredValue(name), cancellationToken).ConfigureAwait(false), JsonSerializerOptions.Web)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            IRunStore store = await CommonOptions.OpenStoreAsync(parse, Workplace.FromEnvironment(), cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                RunRecord run = await StoredRuns.RequireAsync(store, parse.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
                IReadOnlyList<StepRecord> steps = await store.GetStepsAsync(run.Id, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<Artefact> artefacts = await store.GetArtefactsAsync(run.Id, cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new
                    {
                        id = run.Id,
                        name = run.Name,
                        state = State(run),
                        seed = run.Seed,
                        createdAt = run.CreatedAt,
                        experiment = JsonSerializer.Deserialize<JsonElement>(run.Experiment),
                        environment = JsonSerializer.Deserialize<JsonElement>(run.Environment),
                        steps = steps.Select(step => new { step = step.Step, finishedAt = step.FinishedAt }),
                        artefacts = artefacts.Select(artefact => new { name = artefact.Name, kind = artefact.Kind, path = artefact.Path, sha256 = artefact.Sha256, bytes = artefact.Bytes }),
                    },
                    JsonSerializerOptions.Web)).ConfigureAwait(false);
                return ExitCode.Done;
            }
        });
        return HelpWithExamples.Add(command, "nas runs show latest");
    }

    private static Command Delete(TextWriter output)
    {
        Argument<string> name = new("RUN") { Description = "A run's id or name." };
        Command command = RemoteService.AddTo(new("delete", "Remove a run from the database and its folder from the disk; measurements and supernets stay.") { name, CommonOptions.Store() });
        command.SetAction(async (parse, cancellationToken) =>
        {
            using NasClient? client = RemoteService.Client(parse);
            if (client is not null)
            {
                string id = (await client.ShowRunAsync(parse.GetRequiredValue(name), cancellationToken).ConfigureAwait(false)).Id;
                await client.DeleteRunAsync(id, cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync($"deleted {id}").ConfigureAwait(false);
                return ExitCode.Done;
            }

            Workplace workplace = Workplace.FromEnvironment();
            IRunStore store = await CommonOptions.OpenStoreAsync(parse, workplace, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                RunRecord run = await StoredRuns.RequireAsync(store, parse.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
                await store.DeleteRunAsync(run.Id, cancellationToken).ConfigureAwait(false);
                if (Directory.Exists(workplace.RunFolder(run.Id)))
                {
                    Directory.Delete(workplace.RunFolder(run.Id), recursive: true);
                }

                await output.WriteLineAsync($"deleted {run.Id}").ConfigureAwait(false);
                return ExitCode.Done;
            }
        });
        return HelpWithExamples.Add(command, "nas runs delete quickstart-1a2b3c4d");
    }

    private static async Task WriteAsync(TextWriter output, bool json, IReadOnlyList<RunRow> runs)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(runs, JsonSerializerOptions.Web)).ConfigureAwait(false);
        }
        else
        {
            Table.Write(output, ["run", "space", ">seed", "state", "started (UTC)"], runs.Select(run => (IReadOnlyList<string>)
                [run.Id, run.Space, run.Seed.ToString(CultureInfo.InvariantCulture), run.State, run.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]));
        }
    }

    private static string State(RunRecord run) => run.State.ToString().ToLowerInvariant();

    private sealed record RunRow(string Id, string Name, string Space, long Seed, string State, DateTimeOffset CreatedAt);
}
