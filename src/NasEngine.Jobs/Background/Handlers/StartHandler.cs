using System.Globalization;
using System.Text;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Starts the experiment of a run again under another seed, unless the repetition before is still under way.</summary>
internal sealed class StartHandler : IJobHandler
{
    public string Kind => JobKinds.Start;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        StartPayload payload = context.Payload<StartPayload>();
        IRunStore runs = context.Services.Store;
        if (await UnderWayAsync(context, payload, cancellationToken).ConfigureAwait(false) is string before)
        {
            context.Progress.Say($"run {before}, the repetition before, is still under way: nothing was started");
            return new JobOutcome(new StartResult(before, false));
        }

        RunRecord pattern = await runs.FindRunAsync(payload.Run, cancellationToken).ConfigureAwait(false) is RunRecord found && found.Id == payload.Run
            ? found
            : throw new UsageException($"There is no run '{payload.Run}' any more whose experiment could be started again. Choose another for the recurring job, or delete it.");
        string seed = (payload.Seed ?? pattern.Seed + payload.Number).ToString(CultureInfo.InvariantCulture);
        Experiment experiment = ExperimentReader.ReadText($"run {pattern.Id}", Encoding.UTF8.GetBytes(pattern.Experiment), [KeyValuePair.Create("seed", seed)]);
        StartedRun started = await context.Worker.Service.StartRunAsync(experiment, context.Job.Priority, fresh: false, cancellationToken).ConfigureAwait(false);
        context.Progress.Say($"run {started.RunId} was started, with seed {seed}");
        return new JobOutcome(new StartResult(started.RunId, true));
    }

    private static async Task<string?> UnderWayAsync(JobContext context, StartPayload payload, CancellationToken cancellationToken)
    {
        JobRecord? before = payload.Before is null ? null : await context.Stores.Jobs.FindAsync(payload.Before, cancellationToken).ConfigureAwait(false);
        return before is { Kind: JobKinds.Start, Result: string result }
            && JsonSerializer.Deserialize<StartResult>(result, JsonSerializerOptions.Web) is { RunId: string id }
            && await context.Services.Store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is { State: RunState.Running } run && run.Id == id
            ? id
            : null;
    }

    private sealed record StartResult(string RunId, bool Started);
}
