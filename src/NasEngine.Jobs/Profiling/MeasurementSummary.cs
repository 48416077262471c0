using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Runs;

namespace NasEngine.Jobs.Profiling;

/// <summary>Says in a few lines what a device's measurements could not keep still. The measurements themselves keep every warning.</summary>
internal static class MeasurementSummary
{
    // Beyond these a person should look twice at a latency.
    private const double WideInterval = 0.05;
    private const double Slowdown = 1.1;

    /// <summary>Sums measurements up.</summary>
    /// <returns>A sentence for each kind of trouble; none if there was none.</returns>
    public static IEnumerable<string> Warnings(IReadOnlyList<StoredMeasurement> measurements)
    {
        double[] widths = [.. measurements.Select(one => (one.HighMs - one.LowMs) / (2 * one.MedianMs)).Where(width => width > WideInterval)];
        if (widths.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The medians of {widths.Length} of {measurements.Count} networks are known to no better than ±{WideInterval:0 %}; the widest to ±{widths.Max():0 %}.");
        }

        DeviceSpeed speed = new(measurements);
        double[] slowdowns = [.. measurements.Select(speed.SlowdownOf)];
        if (slowdowns.Length > 0 && slowdowns.Max() / slowdowns.Min() > Slowdown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The device ran at times {slowdowns.Max() / slowdowns.Min():0.0} times slower than at others, by its canary: something else used it. Predictors are fitted at one speed.");
        }

        Measurement?[] details = [.. measurements.Select(one => JsonSerializer.Deserialize<Measurement>(one.Document, DeviceJson.Options))];
        int drifted = details.Count(one => one is not null && one.Blocks.Any(block => block.IsDrift));
        if (drifted > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{drifted} of {measurements.Count} networks have blocks that were measured while the device drifted.");
        }
    }
}
