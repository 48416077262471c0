using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Errors;
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

    /// <summary>Starts an experiment's run and follows it to its end; stopping to follow leaves the run as it is.</summary>
    /// <exception cref="WorkFailedException">The run failed.</exception>
    public static async Task CarryOutAsync(NasClient client, Experiment experiment, bool fresh, bool quiet, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        StartedRunContract started = await client.StartRunAsync(
            new RunRequestContract(JsonSerializer.Deserialize<JsonElement>(experiment.Document), null, fresh), cancellationToken).ConfigureAwait(false);
        await SayAsync($"run {started.RunId}: started").ConfigureAwait(false);
        RunContract run = await client.ShowRunAsync(started.RunId, cancellationToken).ConfigureAwait(false);
        HashSet<string> said = [];
        while (true)
        {
            foreach (RunStepView step in run.Steps.Where(step => step.State == "done" && said.Add(step.Step)))
            {
                await SayAsync($"run {run.Id}: {step.Step} is done").ConfigureAwait(false);
            }

            if (run.State != "running")
            {
                break;
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            run = await client.ShowRunAsync(started.RunId, cancellationToken).ConfigureAwait(false);
        }

        if (run.State != "done")
        {
            Listed<JobContract> failed = await client.ListJobsAsync("failed", run.Id, 1, cancellationToken).ConfigureAwait(false);
            throw new WorkFailedException(failed.Items.Count > 0 ? $"Run {run.Id} failed: {failed.Items[0].Error}" : $"Run {run.Id} was {run.State}.");
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

        async Task SayAsync(string line)
        {
            if (!quiet)
            {
                await error.WriteLineAsync(line).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Has a network exported and fetches the file.</summary>
    /// <exception cref="WorkFailedException">The export failed.</exception>
    public static async Task ExportAsync(NasClient client, string run, string? genotype, string? pick, string path, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        RunContract found = await client.ShowRunAsync(run, cancellationToken).ConfigureAwait(false);
        AddedJobContract added = await client.ExportAsync(found.Id, new ExportContract(genotype, pick, "fp32"), cancellationToken).ConfigureAwait(false);
        JobDetailsContract job = await client.ShowJobAsync(added.JobId, cancellationToken).ConfigureAwait(false);
        while (job.State is not ("succeeded" or "failed" or "deleted"))
        {
            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            job = await client.ShowJobAsync(added.JobId, cancellationToken).ConfigureAwait(false);
        }

        ExportedModel model = job.State == "succeeded" && job.Result is JsonElement result && result.Deserialize<ExportedModel>(JsonSerializerOptions.Web) is ExportedModel exported
            ? exported
            : throw new WorkFailedException($"The export failed: {job.Error ?? job.State}");
        await client.DownloadAsync(found.Id, Path.GetFileName(model.Path), path, cancellationToken).ConfigureAwait(false);
        ExportedModel here = model with { Path = path };
        await output.WriteLineAsync(json
            ? JsonSerializer.Serialize(here, JsonSerializerOptions.Web)
            : string.Create(CultureInfo.InvariantCulture, $"{here.Path}: {here.Bytes} bytes, {here.Genotype}; on {here.Images} images at most {here.LargestDifference:0.0e+0} from the supernet, same class for {here.TopOneAgreement:0.0 %}")).ConfigureAwait(false);
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
