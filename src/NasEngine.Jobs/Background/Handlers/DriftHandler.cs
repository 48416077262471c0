using System.Globalization;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Profiling;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Jobs.Background.Handlers;

/// <summary>Measures networks of a device again, and says how far it moved from what it measured before.</summary>
/// <remarks>Latencies are compared as measured, not at a reference speed: a device whose canary slows down alike has drifted.</remarks>
internal sealed class DriftHandler : IJobHandler
{
    private const int Networks = 8;

    public string Kind => JobKinds.Drift;

    public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        DriftPayload payload = context.Payload<DriftPayload>();
        DriftTarget target = await DriftTarget.FindAsync(context.Services.Store, payload.Device, payload.RunId, cancellationToken).ConfigureAwait(false);
        RunContextPool.Lease lease = await context.Runs.RentAsync(target.Run.Id, context.Progress, cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            DeviceDrift drift = await MeasureAsync(context, lease.Context, target, payload.Networks ?? Networks, cancellationToken).ConfigureAwait(false);
            await context.Stores.Recurring.AddDriftAsync(drift, CancellationToken.None).ConfigureAwait(false);
            context.Progress.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Device}: {drift.DriftPercent:+0.0;-0.0} % against run {target.Run.Id}, over {drift.Networks} networks{(drift.IsDrifted ? ". WARNING: it drifted; measure its runs afresh" : string.Empty)}"));
            lease.Keep();
            return new JobOutcome(drift);
        }
    }

    private static async Task<DeviceDrift> MeasureAsync(JobContext context, RunContext run, DriftTarget target, int count, CancellationToken cancellationToken)
    {
        IDevice device = run.Device(target.Device);
        DeviceFingerprint fingerprint = await device.ConnectAsync(cancellationToken).ConfigureAwait(false);
        StoredMeasurement[] before = [.. (await ProfileStep.MeasuredAsync(run, target.Device, cancellationToken).ConfigureAwait(false)).Values
            .Where(measurement => measurement.Fingerprint == fingerprint.Id && measurement.MedianMs > 0).OrderBy(measurement => measurement.MedianMs).ThenBy(measurement => measurement.Key, StringComparer.Ordinal)];
        if (before.Length == 0)
        {
            throw new UsageException($"Device '{target.Device}' is another one than run {target.Run.Id} measured: now it is {fingerprint}. Measure its runs afresh.");
        }

        // From the fastest to the slowest, at even distances.
        Dictionary<string, StoredMeasurement> chosen = Enumerable.Range(0, Math.Min(count, before.Length))
            .Select(index => before[count == 1 ? 0 : index * (before.Length - 1) / Math.Max(1, Math.Min(count, before.Length) - 1)])
            .DistinctBy(measurement => measurement.Key).ToDictionary(measurement => measurement.Key, StringComparer.Ordinal);
        MeasurementItem[] items = [.. chosen.Keys.Select(key => MeasurementRecorder.Item(run.Family, run.Space, Parse(run.Space, key), run.Experiment.Seed))];
        List<double> ratios = [];
        using IProgressTask progress = context.Progress.Start($"measure again on {target.Device}", items.Length, "network");
        await foreach (Measurement measurement in device.MeasureAsync(items, ProfileStep.Options(run, target.Device), cancellationToken).ConfigureAwait(false))
        {
            // Kept under a name of its own: the run's predictors and front stand on what was measured then.
            await context.Services.Store.AppendMeasurementsAsync("drift-" + context.Job.Id, [ProfileStep.Store(measurement, target.Device)], CancellationToken.None).ConfigureAwait(false);
            double ratio = measurement.Median.Milliseconds / chosen[measurement.Key].MedianMs;
            ratios.Add(ratio);
            progress.Report(ratios.Count, string.Create(CultureInfo.InvariantCulture, $"{(ratio - 1) * 100:+0.0;-0.0} %"));
        }

        double[] all = [.. ratios];
        return new DeviceDrift(
            target.Device, fingerprint.Id, target.Run.Id, context.Job.Id, context.Services.Time.GetUtcNow(), all.Length, (Descriptive.Median(all) - 1) * 100,
            (Descriptive.Quantile(all, 0.75) - Descriptive.Quantile(all, 0.25)) / 2 * 100);
    }

    private static Genotype Parse(SearchSpace space, string key) => space.Parse(key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
}
