using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Profiling;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Steps;

/// <summary>Measures architectures on every device that objectives and limits speak of.</summary>
/// <remarks>Latency does not depend on the values of weights, so networks are measured with drawn ones and no training is needed.</remarks>
internal sealed class ProfileStep : IRunStep
{
    public string Name => "profile";

    public IReadOnlyList<string> Needs => [];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<Genotype> sample = context.Sample(context.Experiment.Profile.Architectures);
        List<object> devices = [];
        foreach (string device in context.Experiment.Devices)
        {
            DeviceFingerprint fingerprint = await context.Device(device).ConnectAsync(cancellationToken).ConfigureAwait(false);
            Dictionary<string, StoredMeasurement> measured = await MeasureAsync(context, device, $"measure on {device}", sample, cancellationToken).ConfigureAwait(false);
            string[] warnings = [.. MeasurementSummary.Warnings([.. sample.Select(genotype => measured[context.MeasurementKey(genotype)])])];
            devices.Add(new { name = device, fingerprint = fingerprint.Id, description = fingerprint.ToString(), architectures = sample.Count, warnings });
        }

        return new { devices };
    }

    /// <summary>Measures architectures and stores each as soon as it is known; what is stored already is left out.</summary>
    /// <returns>A measurement for each architecture, by its key: the latest.</returns>
    public static async Task<Dictionary<string, StoredMeasurement>> MeasureAsync(
        RunContext context, string device, string title, IReadOnlyList<Genotype> genotypes, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredMeasurement> measured = new(StringComparer.Ordinal);
        foreach (StoredMeasurement stored in await context.Store.GetMeasurementsAsync(context.Run.Id, device, cancellationToken).ConfigureAwait(false))
        {
            measured[stored.Key] = stored;
        }

        Genotype[] missing = [.. genotypes.Where(genotype => !measured.ContainsKey(context.MeasurementKey(genotype)))];
        if (missing.Length == 0)
        {
            return measured;
        }

        MeasurementOptions options = new()
        {
            TimeLimitMilliseconds = context.Experiment.Profile.TimeLimitMilliseconds,
            WarmUpMilliseconds = Math.Min(250, context.Experiment.Profile.TimeLimitMilliseconds / 2),
            // Every network is looked at over the same stretch of time, so that what slows the device slows all alike.
            MinBlocks = 20,
            CanaryEvery = 4,
            Interleaved = 128,
            Seed = (int)(context.Seeds.Child("measure").Child(device).Seed & int.MaxValue),
        };
        int done = genotypes.Count - missing.Length;
        using IProgressTask progress = context.Services.Progress.Start(title, genotypes.Count, "network", done);
        await foreach (Measurement measurement in context.Device(device).MeasureAsync([.. missing.Select(genotype => MeasurementRecorder.Item(context.Family, context.Space, genotype, context.Experiment.Seed))], options, cancellationToken).ConfigureAwait(false))
        {
            StoredMeasurement stored = new(
                measurement.Key, device, measurement.Device, measurement.Median.Milliseconds, measurement.Low.Milliseconds, measurement.High.Milliseconds,
                JsonSerializer.Serialize(measurement, DeviceJson.Options), measurement.MeasuredAt);
            await context.Store.AppendMeasurementsAsync(context.Run.Id, [stored], CancellationToken.None).ConfigureAwait(false);
            measured[stored.Key] = stored;
            progress.Report(++done, string.Create(CultureInfo.InvariantCulture, $"{stored.MedianMs:0.000} ms"));
        }

        return missing.All(genotype => measured.ContainsKey(context.MeasurementKey(genotype)))
            ? measured
            : throw new WorkFailedException($"Device '{device}' gave no measurement for some of {missing.Length} networks. Start the run again: what was measured is kept.");
    }
}
