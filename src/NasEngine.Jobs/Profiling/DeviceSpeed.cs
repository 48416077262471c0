using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Runs;
using NasEngine.Numerics.Statistics;
using NasEngine.Profiling;

namespace NasEngine.Jobs.Profiling;

/// <summary>Brings latencies that a device gave at different moments to one speed, by the canary network that was measured beside every block.</summary>
/// <remarks>
/// <para>
/// A device that others use too runs at another speed from one second to the next, and everything on it gets slower nearly alike. Networks are
/// comparable only at one speed: each block is divided by how much slower the canary around it was than at the reference, raised to the
/// network's exponent. Where the canary changed while a block ran, which speed the block had is not known, and it does not count. Raw times stay in the
/// store. Measurements without a canary are taken as they are.
/// </para>
/// <para>
/// A network's exponent is the slope of its time over the canary's, both as logarithms; a network that waits for memory more than the canary does
/// has one above 1. It is known where the device was seen at different speeds; other networks get the median of those that are known.
/// Measurements of agents that did not say how steady the canary was are in proportion to it: exponent 1.
/// </para>
/// </remarks>
internal sealed class DeviceSpeed
{
    private const double SteadyChange = 0.1;
    private const int LeastBlocks = 3;

    // The slope is taken between blocks at speeds that differ clearly: scatter of the canary would flatten it.
    private const double LeastDistance = 0.2;
    private const int LeastPairs = 40;
    private const int MostBlocks = 200;
    private const int LeastNetworks = 3;

    private readonly double _reference;
    private readonly Dictionary<string, double> _exponents = new(StringComparer.Ordinal);
    private readonly double _commonExponent = 1;

    /// <summary>Initializes the reference, the median canary of some measurements, and the exponents of their networks.</summary>
    public DeviceSpeed(IEnumerable<StoredMeasurement> measurements)
    {
        Measurement[] read = [.. measurements.Select(Read).Where(HasCanary)];
        double[] canaries = [.. read.SelectMany(Canaries)];
        _reference = canaries.Length > 0 ? Descriptive.Median(canaries) : 0;
        foreach (IGrouping<string, Measurement> network in read.GroupBy(measurement => measurement.Key))
        {
            if (Exponent([.. network]) is double exponent)
            {
                _exponents[network.Key] = exponent;
            }
        }

        if (_exponents.Count >= LeastNetworks)
        {
            _commonExponent = Descriptive.Median([.. _exponents.Values]);
        }
    }

    /// <summary>Gives a latency at the reference speed: the median in milliseconds, and the ends of its 95 % interval.</summary>
    public (double MedianMs, double LowMs, double HighMs) AtReference(StoredMeasurement measurement)
    {
        Measurement details = Read(measurement);
        if (_reference <= 0 || !HasCanary(details))
        {
            return (measurement.MedianMs, measurement.LowMs, measurement.HighMs);
        }

        double exponent = details.Blocks.All(block => block.CanaryChange is null) ? 1 : _exponents.GetValueOrDefault(details.Key, _commonExponent);
        MeasuredBlock[] steady = [.. details.Blocks.Where(IsSteady)];
        double[] blocks = [.. (steady.Length >= LeastBlocks ? steady : [.. details.Blocks]).Select(block => block.Nanoseconds * Math.Pow(_reference / Canary(details, block), exponent) / 1e6)];
        (double low, double high) = MeasurementStatistics.MedianInterval(blocks);
        return (MeasurementStatistics.Median(blocks), low, high);
    }

    /// <summary>Gives how many times slower the device was at its slowest than at its fastest; 1 where no canary was measured.</summary>
    public static double Spread(IEnumerable<StoredMeasurement> measurements)
    {
        double[] canaries = [.. measurements.Select(Read).Where(HasCanary).SelectMany(Canaries)];
        return canaries.Length > 0 ? Descriptive.Quantile(canaries, 0.95) / Descriptive.Quantile(canaries, 0.05) : 1;
    }

    private static double? Exponent(Measurement[] ofOneNetwork)
    {
        List<double> canaries = [], times = [];
        foreach (Measurement measurement in ofOneNetwork)
        {
            foreach (MeasuredBlock block in measurement.Blocks.Where(block => block.CanaryChange is not null && IsSteady(block)))
            {
                canaries.Add(Math.Log(Canary(measurement, block)));
                times.Add(Math.Log(block.Nanoseconds));
            }
        }

        int step = Math.Max(1, (canaries.Count + MostBlocks - 1) / MostBlocks);
        double slope = TheilSen.Slope([.. canaries.Where((_, place) => place % step == 0)], [.. times.Where((_, place) => place % step == 0)], LeastDistance, LeastPairs);
        return double.IsNaN(slope) ? null : Math.Clamp(slope, 0.5, 1.5);
    }

    private static bool HasCanary(Measurement measurement) => measurement.Canary.Nanoseconds > 0 && measurement.Blocks.Length > 0;

    private static bool IsSteady(MeasuredBlock block) => block.CanaryChange is null or <= SteadyChange;

    private static double Canary(Measurement measurement, MeasuredBlock block) => Math.Max(1, block.CanaryFactor * measurement.Canary.Nanoseconds);

    private static IEnumerable<double> Canaries(Measurement measurement) => measurement.Blocks.Select(block => Canary(measurement, block));

    private static Measurement Read(StoredMeasurement measurement) => JsonSerializer.Deserialize<Measurement>(measurement.Document, DeviceJson.Options)!;
}
