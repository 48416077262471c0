using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;
using NasEngine.Core.Progress;
using NasEngine.Core.Randomness;
using NasEngine.Core.Runs;
using NasEngine.Core.Sampling;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Numerics.Statistics;
using NasEngine.Onnx;
using NasEngine.Onnx.Weights;
using NasEngine.Predictors.KernelTables;
using NasEngine.Profiling.Replay;

namespace NasEngine.Jobs.Profiling;

/// <summary>Measures every kernel of a space alone, and makes a table whose sums foretell whole networks.</summary>
/// <remarks>
/// Kernels and a few whole networks are measured interleaved beside one canary and brought to one speed of the device; the cost of a call is
/// taken off each, and all kernels are divided by what they cost alone over what they cost within every second network. Every measurement is recorded as soon as it is there, so that stopping loses none.
/// </remarks>
public static class KernelProfiler
{
    // From the ends of a 95 % interval to a standard deviation.
    private const double IntervalWidth = 2 * 1.96;

    /// <summary>Gets the table's entry for the cost of one call, which every network has once.</summary>
    public static KernelKey Call { get; } = new("call", [1]);

    /// <summary>Measures and writes the table.</summary>
    /// <param name="request">The space, the numbers, the file.</param>
    /// <param name="device">The device; disposed at the end.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <param name="cancellationToken">Stops after the measurement in hand; called again, it goes on there.</param>
    /// <exception cref="UsageException">The recording is of another device, or a file can't be written.</exception>
    public static async Task<KernelProfileReport> RunAsync(KernelProfileRequest request, IDevice device, IProgressSink progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(progress);
        SearchSpace space = NetworkFamilies.CreateSpaceReader().ReadFile(request.SpaceFile);
        INetworkFamily family = NetworkFamilies.Of(space);
        SeedTree seeds = new(request.Seed);
        Dictionary<KernelKey, Kernel> kernels = Find(family, space, SpreadSampler.Draw(space, request.Count, seeds.Child("kernels").CreateRandom()));
        Genotype[] networks = request.Networks > 0 ? [.. SpreadSampler.Draw(space, request.Networks, seeds.Child("networks").CreateRandom())] : [];
        foreach ((KernelKey key, Kernel kernel) in Find(family, space, networks))
        {
            kernels.TryAdd(key, kernel);
        }

        RandomWeightSource weights = new(request.Seed);
        MeasurementItem[] items =
        [
            .. kernels.Select(pair => new MeasurementItem(KeyOf(pair.Key), () => KernelExporter.Build(pair.Value, weights), [1, .. pair.Value.Inputs[0].Shape])),
            .. networks.Select(genotype => MeasurementRecorder.Item(family, space, genotype, request.Seed)),
        ];
        (Dictionary<string, Measurement> measured, int added) = await MeasureAsync(request, device, items, progress, cancellationToken).ConfigureAwait(false);
        StoredMeasurement[] stored = [.. items.Select(item => ProfileStep.Store(measured[item.Key], device.Name))];
        DeviceSpeed speed = new(stored);
        double call = Descriptive.Median([.. items.Select(item => measured[item.Key].Overhead.Milliseconds)]);
        KernelTable alone = new(device.Name, kernels.Keys.Select(key => KeyValuePair.Create(key, Time(measured[KeyOf(key)], speed, device.Name)))
            .Append(KeyValuePair.Create(Call, new KernelTime(items.Length, call, 0))));
        double[] actual = [.. networks.Select(genotype => speed.AtReference(ProfileStep.Store(measured[MeasurementRecorder.Key(space, genotype)], device.Name)).MedianMs)];
        double[] sums = [.. networks.Select(genotype => Predict(alone, family, family.Plan(space, genotype)))];
        double? factor = AloneOverWithin(sums, actual, call);
        KernelTable table = factor is double divisor ? Scaled(alone, divisor) : alone;
        Write(request.File, KernelTableFile.ToJson(table));
        int[] judged = [.. Enumerable.Range(0, networks.Length).Where(index => factor is null || index % 2 == 1)];
        double[] foretold = [.. judged.Select(index => Predict(table, family, family.Plan(space, networks[index])))];
        return Compare(foretold, [.. judged.Select(index => actual[index])]) with
        {
            File = request.File, Device = device.Name, Kernels = kernels.Count, Measured = added, CallMicroseconds = 1000 * call, Networks = networks.Length,
            AloneOverWithin = factor, UncorrectedMapePercent = judged.Length > 0 ? ErrorStatistics.MeanAbsolutePercentage([.. judged.Select(index => actual[index])], [.. judged.Select(index => sums[index])]) : null,
            Warnings = [.. MeasurementSummary.Warnings(stored)],
        };
    }

    /// <summary>Adds up a network's kernels and one call.</summary>
    /// <param name="table">A table that <see cref="RunAsync"/> wrote.</param>
    /// <param name="family">The space's family.</param>
    /// <param name="plan">The subnet.</param>
    /// <returns>Milliseconds.</returns>
    /// <exception cref="MissingKernelException">The table lacks a kernel.</exception>
    public static double Predict(KernelTable table, INetworkFamily family, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Predict(NetworkKernels.Of(family, plan).Append(Call)).Milliseconds;
    }

    // A kernel that runs alone may cost more than in a network, such as for bringing its input into the layout it works on. Networks with
    // even numbers tell by how much; those with odd ones judge.
    private static double? AloneOverWithin(double[] sums, double[] actual, double call)
    {
        double[] ratios = [.. Enumerable.Range(0, sums.Length).Where(index => index % 2 == 0 && actual[index] > call && sums[index] > call).Select(index => (sums[index] - call) / (actual[index] - call))];
        return sums.Length > 1 && ratios.Length > 0 ? Descriptive.Median(ratios) : null;
    }

    private static KernelTable Scaled(KernelTable alone, double divisor) => new(alone.Device, alone.Times.Select(pair => pair.Key == Call
        ? pair
        : KeyValuePair.Create(pair.Key, new KernelTime(pair.Value.Count, pair.Value.MeanMilliseconds / divisor, pair.Value.SpreadMilliseconds / divisor))));

    private static KernelProfileReport Compare(double[] foretold, double[] actual) => new(
        string.Empty, string.Empty, 0, 0, 0, 0,
        foretold.Length > 0 ? ErrorStatistics.MeanAbsolutePercentage(actual, foretold) : null,
        foretold.Length > 1 && RankStatistics.KendallTau(actual, foretold) is var tau && double.IsFinite(tau) ? tau : null,
        null, null, []);

    private static Dictionary<KernelKey, Kernel> Find(INetworkFamily family, SearchSpace space, IEnumerable<Genotype> genotypes)
    {
        Dictionary<KernelKey, Kernel> kernels = [];
        foreach (Kernel kernel in genotypes.SelectMany(genotype => KernelReader.Read(family, family.Plan(space, genotype))))
        {
            kernels.TryAdd(NetworkKernels.Key(kernel), kernel);
        }

        return kernels;
    }

    private static async Task<(Dictionary<string, Measurement> Measured, int Added)> MeasureAsync(
        KernelProfileRequest request, IDevice device, MeasurementItem[] items, IProgressSink progress, CancellationToken cancellationToken)
    {
        string file = KernelProfileRequest.RecordingOf(request.File);
        Dictionary<string, Measurement> measured = new(StringComparer.Ordinal);
        RecordingDevice recording = new(device, file);
        await using (recording.ConfigureAwait(false))
        {
            if (File.Exists(file))
            {
                foreach (Measurement known in (await RecordingFile.ReadAsync(file, cancellationToken).ConfigureAwait(false)).Measurements)
                {
                    measured.TryAdd(known.Key, known);
                }
            }

            MeasurementItem[] missing = [.. items.Where(item => !measured.ContainsKey(item.Key))];
            int done = items.Length - missing.Length;
            using IProgressTask task = progress.Start($"measure on {device.Name}", items.Length, "kernel", done);
            if (missing.Length > 0)
            {
                // Everything is looked at over the same stretch of time, so that what slows the device slows all alike.
                MeasurementOptions options = new() { MinBlocks = 20, CanaryEvery = 1, Interleaved = 128, Seed = (int)(request.Seed & int.MaxValue) };
                await foreach (Measurement measurement in recording.MeasureAsync(missing, options, cancellationToken).ConfigureAwait(false))
                {
                    measured[measurement.Key] = measurement;
                    task.Report(++done);
                }
            }

            return items.All(item => measured.ContainsKey(item.Key))
                ? (measured, missing.Length)
                : throw new WorkFailedException($"Device '{device.Name}' gave no measurement for some of {missing.Length} models. Start again: what was measured is kept in {file}.");
        }
    }

    private static KernelTime Time(Measurement measurement, DeviceSpeed speed, string device)
    {
        (double median, double low, double high) = speed.AtReference(ProfileStep.Store(measurement, device));
        return new KernelTime(measurement.Blocks.Length, Math.Max(0, median - measurement.Overhead.Milliseconds), (high - low) / IntervalWidth);
    }

    private static string KeyOf(KernelKey kernel) => $"kernel {kernel}";

    private static void Write(string file, string text)
    {
        try
        {
            WholeFile.Write(file, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The kernel table {file} can't be written: {problem.Message}", problem);
        }
    }
}
