using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Runs;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Jobs.Profiling;

/// <summary>How fast a device was when it measured, by the canary network that it measures beside every batch.</summary>
/// <remarks>
/// A device that others use too runs at another speed from one minute to the next, and everything on it gets slower alike. Latencies taken at
/// different moments are comparable only at one speed: predictors are fitted at a reference speed, and their predictions are
/// given at the speed that the device had when the network was measured.
/// </remarks>
internal sealed class DeviceSpeed
{
    private readonly double _reference;

    /// <summary>Initializes the reference: the median canary of some measurements.</summary>
    public DeviceSpeed(IEnumerable<StoredMeasurement> measurements)
    {
        double[] canaries = [.. measurements.Select(Canary).Where(canary => canary > 0)];
        _reference = canaries.Length > 0 ? Descriptive.Median(canaries) : 0;
    }

    /// <summary>Gives how many times slower the device was than at the reference; 1 where no canary was measured.</summary>
    public double SlowdownOf(StoredMeasurement measurement)
    {
        double canary = Canary(measurement);
        return canary > 0 && _reference > 0 ? canary / _reference : 1;
    }

    private static double Canary(StoredMeasurement measurement) =>
        JsonSerializer.Deserialize<Measurement>(measurement.Document, DeviceJson.Options)?.Canary.Nanoseconds ?? 0;
}
