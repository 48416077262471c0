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
            devices.Add(await ProfileAsync(context, device, sample, cancellationToken).ConfigureAwait(false));
        }

        return new { devices };
    }

    /// <summary>Measures the sample on a device and says what came of it.</summary>
    public static async Task<ProfiledDevice> ProfileAsync(RunContext context, string device, IReadOnlyList<Genotype> sample, CancellationToken cancellationToken)
    {
        DeviceFingerprint fingerprint = await context.Device(device).ConnectAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, StoredMeasurement> measured = await MeasureAsync(context, device, $"measure on {device}", sample, cancellationToken).ConfigureAwait(false);
        string[] warnings = [.. MeasurementSummary.Warnings([.. sample.Select(genotype => measured[context.MeasurementKey(genotype)])])];
        return new ProfiledDevice(device, fingerprint.Id, fingerprint.ToString(), sample.Count, warnings);
    }

    /// <summary>Gives the latest measurement of each network on a device, by its key.</summary>
    public static async Task<Dictionary<string, StoredMeasurement>> MeasuredAsync(RunContext context, string device, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredMeasurement> measured = new(StringComparer.Ordinal);
        foreach (StoredMeasurement stored in await context.Store.GetMeasurementsAsync(context.Run.Id, device, cancellationToken).ConfigureAwait(false))
        {
            measured[stored.Key] = stored;
        }

        return measured;
    }

    /// <summary>Gives how long and how precisely a run measures.</summary>
    public static MeasurementOptions Options(RunContext context, string device) => new()
    {
        TimeLimitMilliseconds = context.Experiment.Profile.TimeLimitMilliseconds,
        WarmUpMilliseconds = Math.Min(250, context.Experiment.Profile.TimeLimitMilliseconds / 2),
        // Every network is looked at over the same stretch of time, so that what slows the device slows all alike; the canary before and after
        // each block tells how fast the device was.
        MinBlocks = 20,
        CanaryEvery = 1,
        Interleaved = 128,
        Seed = (int)(context.Seeds.Child("measure").Child(device).Seed & int.MaxValue),
    };

    /// <summary>Gives a measurement as it is stored.</summary>
    public static StoredMeasurement Store(Measurement measurement, string device)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return new StoredMeasurement(
            measurement.Key, device, measurement.Device, measurement.Median.Milliseconds, measurement.Low.Milliseconds, measurement.High.Milliseconds,
            JsonSerializer.Serialize(measurement, DeviceJson.Options), measurement.MeasuredAt);
    }

    /// <summary>Measures architectures and stores each as soon as it is known; what is stored already is left out.</summary>
    /// <returns>A measurement for each architecture, by its key: the latest.</returns>
    public static async Task<Dictionary<string, StoredMeasurement>> MeasureAsync(
        RunContext context, string device, string title, IReadOnlyList<Genotype> genotypes, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredMeasurement> measured = await MeasuredAsync(context, device, cancellationToken).ConfigureAwait(false);
        Genotype[] missing = [.. genotypes.Where(genotype => !measured.ContainsKey(context.MeasurementKey(genotype)))];
        if (missing.Length == 0)
        {
            return measured;
        }

        MeasurementOptions options = Options(context, device);
        int done = genotypes.Count - missing.Length;
        using IProgressTask progress = context.Services.Progress.Start(title, genotypes.Count, "network", done);
        await foreach (Measurement measurement in context.Device(device).MeasureAsync([.. missing.Select(genotype => MeasurementRecorder.Item(context.Family, context.Space, genotype, context.Experiment.Seed))], options, cancellationToken).ConfigureAwait(false))
        {
            StoredMeasurement stored = Store(measurement, device);
            await context.Store.AppendMeasurementsAsync(context.Run.Id, [stored], CancellationToken.None).ConfigureAwait(false);
            measured[stored.Key] = stored;
            progress.Report(++done, string.Create(CultureInfo.InvariantCulture, $"{stored.MedianMs:0.000} ms"));
        }

        return missing.All(genotype => measured.ContainsKey(context.MeasurementKey(genotype)))
            ? measured
            : throw new WorkFailedException($"Device '{device}' gave no measurement for some of {missing.Length} networks. Start the run again: what was measured is kept.");
    }
}

/// <summary>What profiling a device gave.</summary>
/// <param name="Name">The device's name.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Description">The fingerprint in words.</param>
/// <param name="Architectures">How many networks were measured.</param>
/// <param name="Warnings">What could not be kept still.</param>
internal sealed record ProfiledDevice(string Name, string Fingerprint, string Description, int Architectures, IReadOnlyList<string> Warnings);
