using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Runs;
using NasEngine.Numerics.Statistics;
using NasEngine.Profiling;

namespace NasEngine.Jobs.Profiling;

/// <summary>Brings latencies that a device gave at different moments to one speed, by the canary network that was measured beside every block.</summary>
/// <remarks>
/// A device that others use too runs at another speed from one second to the next, and everything on it gets slower alike. Networks are
/// comparable only at one speed: each block is divided by how much slower the canary beside it was than at the reference. Raw times stay in
/// the store. Measurements without a canary are taken as they are.
/// </remarks>
internal sealed class DeviceSpeed
{
    private readonly double _reference;

    /// <summary>Initializes the reference: the median canary of some measurements.</summary>
    public DeviceSpeed(IEnumerable<StoredMeasurement> measurements)
    {
        double[] canaries = [.. measurements.Select(Read).SelectMany(Canaries)];
        _reference = canaries.Length > 0 ? Descriptive.Median(canaries) : 0;
    }

    /// <summary>Gives a latency at the reference speed: the median in milliseconds, and the ends of its 95 % interval.</summary>
    public (double MedianMs, double LowMs, double HighMs) AtReference(StoredMeasurement measurement)
    {
        Measurement details = Read(measurement);
        if (_reference <= 0 || details.Canary.Nanoseconds <= 0 || details.Blocks.Length == 0)
        {
            return (measurement.MedianMs, measurement.LowMs, measurement.HighMs);
        }

        double[] blocks = [.. details.Blocks.Zip(Canaries(details), (block, canary) => block.Nanoseconds * _reference / canary / 1e6)];
        (double low, double high) = MeasurementStatistics.MedianInterval(blocks);
        return (MeasurementStatistics.Median(blocks), low, high);
    }

    /// <summary>Gives how many times slower the device was at its slowest than at its fastest; 1 where no canary was measured.</summary>
    public static double Spread(IEnumerable<StoredMeasurement> measurements)
    {
        double[] canaries = [.. measurements.Select(Read).SelectMany(Canaries)];
        return canaries.Length > 0 ? Descriptive.Quantile(canaries, 0.95) / Descriptive.Quantile(canaries, 0.05) : 1;
    }

    private static IEnumerable<double> Canaries(Measurement measurement) => measurement.Canary.Nanoseconds > 0
        ? measurement.Blocks.Select(block => Math.Max(1, block.CanaryFactor * measurement.Canary.Nanoseconds))
        : [];

    private static Measurement Read(StoredMeasurement measurement) => JsonSerializer.Deserialize<Measurement>(measurement.Document, DeviceJson.Options)!;
}
