using NasEngine.Core.Devices;
using NasEngine.Core.Progress;
using NasEngine.Core.Randomness;
using NasEngine.Core.Sampling;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Onnx;
using NasEngine.Onnx.Weights;
using NasEngine.Profiling.Replay;

namespace NasEngine.Jobs.Profiling;

/// <summary>Measures architectures of a space into a recording.</summary>
public static class MeasurementRecorder
{
    /// <summary>Measures and records; what the recording has already is left out.</summary>
    /// <param name="spaceFile">The space.</param>
    /// <param name="device">The device; disposed at the end.</param>
    /// <param name="file">The recording.</param>
    /// <param name="count">How many architectures, spread from the smallest to the largest.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <param name="cancellationToken">Stops after the measurement in hand.</param>
    /// <returns>How many were measured.</returns>
    public static async Task<int> RecordAsync(
        string spaceFile, IDevice device, string file, int count, long seed, IProgressSink progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(progress);
        SearchSpace space = NetworkFamilies.CreateSpaceReader().ReadFile(spaceFile);
        INetworkFamily family = NetworkFamilies.Of(space);
        HashSet<string> known = File.Exists(file)
            ? [.. (await RecordingFile.ReadAsync(file, cancellationToken).ConfigureAwait(false)).Measurements.Select(measurement => measurement.Key)]
            : [];
        RecordingDevice recording = new(device, file);
        await using (recording.ConfigureAwait(false))
        {
            MeasurementItem[] items = [.. SpreadSampler.Draw(space, count, new SeedTree(seed).Child("sample").CreateRandom())
                .Select(genotype => Item(family, space, genotype, seed)).Where(item => !known.Contains(item.Key))];
            if (items.Length == 0)
            {
                return 0;
            }

            int done = 0;
            using IProgressTask task = progress.Start($"measure on {device.Name}", items.Length, "network");
            await foreach (Measurement _ in recording.MeasureAsync(items, new MeasurementOptions { Seed = (int)(seed & int.MaxValue) }, cancellationToken).ConfigureAwait(false))
            {
                task.Report(++done);
            }

            return done;
        }
    }

    /// <summary>Makes what a device measures of an architecture: the same network, under the same key, wherever it is asked for.</summary>
    internal static MeasurementItem Item(INetworkFamily family, SearchSpace space, Genotype genotype, long seed)
    {
        Plan plan = family.Plan(space, genotype);
        return new MeasurementItem(
            Key(space, genotype), () => OnnxExporter.Build(family, plan, new RandomWeightSource(seed), OnnxMetadata.Of(space, genotype)), [1, .. plan.InputShape]);
    }

    /// <summary>Gets the identity of a network in measurements, the same on any machine.</summary>
    internal static string Key(SearchSpace space, Genotype genotype) => $"{space.Fingerprint} {space.Format(genotype)}";
}
