using NasEngine.Core.Units;
using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.KernelTables;

/// <summary>How long each kernel takes on one device; a network takes what its kernels take together.</summary>
/// <remarks>The additive tables of once-for-all [OFA] and nn-Meter (Zhang and others, MobiSys 2021). Immutable and thread-safe.</remarks>
public sealed class KernelTable
{
    private const int Neighbours = 4;

    private readonly Dictionary<KernelKey, KernelTime> _times;

    /// <summary>Initializes a table.</summary>
    /// <param name="device">What it was measured on, for messages.</param>
    /// <param name="times">The kernels; no two alike, no time negative or infinite.</param>
    /// <exception cref="ArgumentException">A kernel comes twice, or a time is out of range.</exception>
    public KernelTable(string device, IEnumerable<KeyValuePair<KernelKey, KernelTime>> times)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(device);
        Device = device;
        _times = new Dictionary<KernelKey, KernelTime>(times);
        foreach ((KernelKey key, KernelTime time) in _times)
        {
            if (time.Count < 1 || !double.IsFinite(time.MeanMilliseconds) || time.MeanMilliseconds < 0 || !(time.SpreadMilliseconds >= 0))
            {
                throw new ArgumentException($"'{key}' takes {time}; counts are at least 1, times finite and not negative.", nameof(times));
            }
        }
    }

    /// <summary>Gets what the table was measured on.</summary>
    public string Device { get; }

    /// <summary>Gets the kernels and their times.</summary>
    public IReadOnlyDictionary<KernelKey, KernelTime> Times => _times;

    /// <summary>Makes a table of single measurements, any number of each kernel.</summary>
    /// <param name="device">What they were measured on.</param>
    /// <param name="measurements">Kernels and milliseconds.</param>
    public static KernelTable FromMeasurements(string device, IEnumerable<(KernelKey Kernel, double Milliseconds)> measurements) =>
        new(device, measurements.GroupBy(pair => pair.Kernel).Select(group =>
        {
            double[] values = [.. group.Select(pair => pair.Milliseconds)];
            return KeyValuePair.Create(group.Key, new KernelTime(values.Length, Descriptive.Mean(values), Descriptive.StandardDeviation(values)));
        }));

    /// <summary>Finds the kernels' times from whole networks: non-negative, with the least relative error under Huber's loss.</summary>
    /// <param name="device">What they were measured on.</param>
    /// <param name="networks">The kernels of each network, in any order.</param>
    /// <param name="milliseconds">The latency of each network; above 0.</param>
    /// <returns>A table; the spread of every kernel is the networks' robust relative residual times its mean, the count that of networks that have it.</returns>
    /// <exception cref="ArgumentException">The numbers differ, or a latency is not above 0.</exception>
    public static KernelTable FromNetworks(string device, IReadOnlyList<IReadOnlyList<KernelKey>> networks, IReadOnlyList<double> milliseconds)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(milliseconds);
        if (networks.Count != milliseconds.Count || networks.Count == 0 || milliseconds.Any(value => !(value > 0 && double.IsFinite(value))))
        {
            throw new ArgumentException($"Expected one latency above 0 for each of {networks.Count} networks, at least one, got {milliseconds.Count}.", nameof(milliseconds));
        }

        KernelKey[] kernels = [.. networks.SelectMany(network => network).Distinct()];
        Dictionary<KernelKey, int> columns = kernels.Select((kernel, index) => (kernel, index)).ToDictionary(pair => pair.kernel, pair => pair.index);
        double middle = Descriptive.Median([.. milliseconds]);
        double[] design = new double[networks.Count * kernels.Length];
        for (int row = 0; row < networks.Count; row++)
        {
            foreach (KernelKey kernel in networks[row])
            {
                design[(row * kernels.Length) + columns[kernel]] += middle / milliseconds[row];
            }
        }

        double[] penalties = [.. Enumerable.Repeat(1e-9, kernels.Length)];
        double[] ones = [.. Enumerable.Repeat(1.0, networks.Count)];
        double[] shares = new double[kernels.Length];
        HuberFit fit = IteratedReweightedLeastSquares.Fit(design, ones, penalties, nonNegative: true, shares);
        return new KernelTable(device, kernels.Select((kernel, index) => KeyValuePair.Create(
            kernel, new KernelTime(networks.Count(network => network.Contains(kernel)), shares[index] * middle, fit.Scale * shares[index] * middle))));
    }

    /// <summary>Adds up a network's kernels.</summary>
    /// <param name="kernels">The network's kernels, each as often as it runs.</param>
    /// <param name="interpolate">Whether a kernel that is missing may be estimated from others of its kind that surround it.</param>
    /// <exception cref="MissingKernelException">A kernel is missing, and interpolation was not asked for or would have to reach beyond what is known.</exception>
    public Latency Predict(IEnumerable<KernelKey> kernels, bool interpolate = false)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        double sum = 0;
        foreach (KernelKey kernel in kernels)
        {
            sum += _times.TryGetValue(kernel, out KernelTime time) ? time.MeanMilliseconds : (interpolate ? Interpolated(kernel) : null) ?? throw Missing(kernel);
        }

        return Latency.FromMilliseconds(sum);
    }

    private MissingKernelException Missing(KernelKey kernel) => new(
        Device, kernel, [.. _times.Keys.Where(other => other.Kind == kernel.Kind).OrderBy(other => Distance(other, kernel)).ThenBy(other => other.ToString(), StringComparer.Ordinal)],
        [.. _times.Keys.Select(other => other.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    // In logarithms of sizes and times, the nearest count by the inverse of their squared distance; no size may lie beyond those known.
    private double? Interpolated(KernelKey kernel)
    {
        KeyValuePair<KernelKey, KernelTime>[] alike =
        [
            .. _times.Where(pair => pair.Key.Kind == kernel.Kind && pair.Key.Sizes.Length == kernel.Sizes.Length && pair.Value.MeanMilliseconds > 0)
                .OrderBy(pair => Distance(pair.Key, kernel)).ThenBy(pair => pair.Key.ToString(), StringComparer.Ordinal),
        ];
        bool inside = alike.Length > 1 && Enumerable.Range(0, kernel.Sizes.Length).All(index =>
            alike.Min(pair => pair.Key.Sizes[index]) <= kernel.Sizes[index] && kernel.Sizes[index] <= alike.Max(pair => pair.Key.Sizes[index]));
        if (!inside)
        {
            return null;
        }

        (double total, double sum) = (0, 0);
        foreach ((KernelKey key, KernelTime time) in alike.Take(Neighbours))
        {
            double weight = 1 / Math.Max(1e-12, Distance(key, kernel));
            (total, sum) = (total + weight, sum + (weight * Math.Log(time.MeanMilliseconds)));
        }

        return Math.Exp(sum / total);
    }

    private static double Distance(KernelKey first, KernelKey second)
    {
        if (first.Sizes.Length != second.Sizes.Length)
        {
            return double.PositiveInfinity;
        }

        double sum = 0;
        for (int index = 0; index < first.Sizes.Length; index++)
        {
            double difference = Math.Log((double)first.Sizes[index] / second.Sizes[index]);
            sum += difference * difference;
        }

        return sum;
    }
}
