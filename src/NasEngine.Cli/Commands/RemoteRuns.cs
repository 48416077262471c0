using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Core.Search;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Exporting;
using NasEngine.Jobs.Queries;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Client;
using NasEngine.Web.Contracts;

namespace NasEngine.Cli.Commands;

/// <summary>Runs of a service, printed as those of this machine are.</summary>
internal static class RemoteRuns
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Reads the front of a run.</summary>
    public static async Task<IReadOnlyList<FrontMember>> FrontAsync(NasClient client, string run, CancellationToken cancellationToken) =>
        [.. (await client.FrontAsync(run, cancellationToken).ConfigureAwait(false)).Points.Select(Member)];

    /// <summary>Starts an experiment's run, follows it to its end or to a step, and prints what came of it; stopping to follow leaves the run as it is.</summary>
    /// <param name="client">The service.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="until">The step, or <see langword="null"/> for all.</param>
    /// <param name="fresh">Whether to forget what the run found.</param>
    /// <param name="json">Whether a front is printed as JSON.</param>
    /// <param name="output">Receives what came of it.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <param name="cancellationToken">Stops to follow.</param>
    /// <exception cref="WorkFailedException">The run failed.</exception>
    /// <exception cref="LeftGoingException">Its user stopped to follow.</exception>
    public static async Task CarryOutAsync(
        NasClient client, Experiment experiment, string? until, bool fresh, bool json, TextWriter output, IProgressSink progress, CancellationToken cancellationToken)
    {
        StartedRunContract started = await client.StartRunAsync(
            new RunRequestContract(JsonSerializer.Deserialize<JsonElement>(experiment.Document), null, fresh, until), cancellationToken).ConfigureAwait(false);
        progress.Say($"run {started.RunId}: {experiment.Space.Size:N0} architectures of {experiment.Space.Name}, at {client.Server}");
        RunContract run;
        try
        {
            run = await FollowAsync(client, started.RunId, until, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (cancellationToken.IsCancellationRequested)
        {
            throw new LeftGoingException($"run {started.RunId} goes on at {client.Server}. The same command follows it again; 'nas runs show {started.RunId} --server {client.Server}' says how far it is.", stopped);
        }

        if (until is not null && run.State != "failed" && IsDone(run, until))
        {
            StepResultContract step = await client.ShowStepAsync(run.Id, until, cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(step.Result.GetRawText()).ConfigureAwait(false);
            return;
        }

        if (run.State != "done")
        {
            Listed<JobContract> failed = await client.ListJobsAsync("failed", run.Id, 1, cancellationToken).ConfigureAwait(false);
            throw new WorkFailedException(run.State == "failed" && failed.Items.Count > 0 ? $"Run {run.Id} failed: {failed.Items[0].Error}" : $"Run {run.Id} was {run.State}.");
        }

        IReadOnlyList<FrontMember> front = await FrontAsync(client, run.Id, cancellationToken).ConfigureAwait(false);
        if (json)
        {
            await output.WriteLineAsync(FrontCommand.Json(front)).ConfigureAwait(false);
        }
        else
        {
            FrontCommand.WriteTable(output, front);
        }
    }

    // A run that goes further than to the step, since somebody else wants more of it, is followed to the step.
    private static async Task<RunContract> FollowAsync(NasClient client, string id, string? until, IProgressSink progress, CancellationToken cancellationToken)
    {
        using RemoteFollower follower = new(client, progress);
        HashSet<string> said = [];
        while (true)
        {
            RunContract run = await client.ShowRunAsync(id, cancellationToken).ConfigureAwait(false);
            await follower.LookAsync(run, cancellationToken).ConfigureAwait(false);
            foreach (RunStepView step in run.Steps.Where(step => step.State == "done" && said.Add(step.Step)))
            {
                progress.Say($"run {run.Id}: {step.Step} is done");
            }

            if (run.State != "running" || (until is not null && run.Until != until && IsDone(run, until)))
            {
                return run;
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsDone(RunContract run, string step) => run.Steps.Any(one => one.Step == step && one.State == "done");

    /// <summary>Has networks of a device measured again, follows the job and prints how far the device drifted; stopping to follow leaves the job as it is.</summary>
    /// <exception cref="WorkFailedException">The job failed.</exception>
    /// <exception cref="LeftGoingException">Its user stopped to follow.</exception>
    public static async Task RemeasureAsync(NasClient client, string device, bool json, TextWriter output, IProgressSink progress, CancellationToken cancellationToken)
    {
        AddedJobContract added = await client.RemeasureAsync(device, cancellationToken).ConfigureAwait(false);
        using RemoteFollower follower = new(client, progress);
        JobDetailsContract job;
        try
        {
            job = await EndAsync(client, added.JobId, follower, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (cancellationToken.IsCancellationRequested)
        {
            throw new LeftGoingException($"job {added.JobId} goes on at {client.Server}; 'nas jobs show {added.JobId} --server {client.Server}' says how far it is.", stopped);
        }

        if (job.State != "succeeded" || job.Result is not JsonElement result || result.Deserialize<DeviceDrift>(JsonSerializerOptions.Web) is not DeviceDrift drift)
        {
            throw new WorkFailedException($"The measurement failed: {job.Error ?? job.State}");
        }

        await output.WriteLineAsync(json ? result.GetRawText() : string.Create(
            CultureInfo.InvariantCulture, $"{drift.Device}: {drift.DriftPercent:+0.0;-0.0;0.0} % slower than in run {drift.RunId}, over {drift.Networks} networks")).ConfigureAwait(false);
    }

    /// <summary>Has a network exported and fetches the file.</summary>
    /// <exception cref="WorkFailedException">The export failed.</exception>
    public static async Task ExportAsync(NasClient client, string run, string? genotype, string? pick, string path, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        RunContract found = await client.ShowRunAsync(run, cancellationToken).ConfigureAwait(false);
        AddedJobContract added = await client.ExportAsync(found.Id, new ExportContract(genotype, pick, "fp32"), cancellationToken).ConfigureAwait(false);
        JobDetailsContract job = await EndAsync(client, added.JobId, null, cancellationToken).ConfigureAwait(false);
        ExportedModel model = job.State == "succeeded" && job.Result is JsonElement result && result.Deserialize<ExportedModel>(JsonSerializerOptions.Web) is ExportedModel exported
            ? exported
            : throw new WorkFailedException($"The export failed: {job.Error ?? job.State}");
        await client.DownloadAsync(found.Id, Path.GetFileName(model.Path), path, cancellationToken).ConfigureAwait(false);
        ExportedModel here = model with { Path = path };
        await output.WriteLineAsync(json
            ? JsonSerializer.Serialize(here, JsonSerializerOptions.Web)
            : string.Create(CultureInfo.InvariantCulture, $"{here.Path}: {here.Bytes} bytes, {here.Genotype}; on {here.Images} images at most {here.LargestDifference:0.0e+0} from the supernet, same class for {here.TopOneAgreement:0.0 %}")).ConfigureAwait(false);
    }

    private static async Task<JobDetailsContract> EndAsync(NasClient client, string id, RemoteFollower? follower, CancellationToken cancellationToken)
    {
        while (true)
        {
            JobDetailsContract job = await client.ShowJobAsync(id, cancellationToken).ConfigureAwait(false);
            if (follower is not null)
            {
                await follower.ShowAsync(job, cancellationToken).ConfigureAwait(false);
            }

            if (job.State is "succeeded" or "failed" or "deleted")
            {
                return job;
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private static FrontMember Member(FrontPoint point)
    {
        double Value(string key) => point.Metrics.TryGetValue(key, out double value) ? value : double.NaN;
        double Whole(string key) => point.Metrics.GetValueOrDefault(key);
        Dictionary<string, FrontLatency> latencies = point.Metrics.Where(pair => pair.Key.StartsWith("latency@", StringComparison.Ordinal)).ToDictionary(
            pair => pair.Key["latency@".Length..],
            pair => new FrontLatency(
                point.Predicted.GetValueOrDefault(pair.Key, double.NaN), pair.Value,
                point.Interval.TryGetValue(pair.Key, out double[]? ends) ? ends[0] : double.NaN, ends is null ? double.NaN : ends[1]));
        return new FrontMember(
            point.Number, point.Genotype, Value("accuracy"), point.Metrics.TryGetValue("test.accuracy", out double tested) ? tested : null, latencies,
            (long)Whole("parameters"), (long)Whole("macs"), (long)Whole("memory"), new MetricSet(point.Metrics));
    }
}
