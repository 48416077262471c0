using System.Globalization;
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
        DeviceSpeed speed = new(measurements);
        double[] widths = [.. measurements.Select(speed.AtReference).Select(one => (one.HighMs - one.LowMs) / (2 * one.MedianMs)).Where(width => width > WideInterval)];
        if (widths.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The medians of {widths.Length} of {measurements.Count} networks are known to no better than ±{WideInterval:0 %}; the widest to ±{widths.Max():0 %}.");
        }

        double spread = DeviceSpeed.Spread(measurements);
        if (spread > Slowdown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The device ran at times {spread:0.0} times slower than at others, by its canary: something else used it. Latencies are given at its median speed.");
        }
    }
}
