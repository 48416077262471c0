using System.Globalization;
using NasEngine.Core.Devices;
using NasEngine.Core.Units;

namespace NasEngine.Profiling;

/// <summary>Load that lasts longer than a batch is no drift within it; the canary of the fastest batch so far shows it.</summary>
internal sealed class CanaryWatch
{
    private const double SlowedFactor = 1.1;

    private Latency _fastest;

    /// <summary>Gives a measurement back, with a warning if the device was slower than it can be.</summary>
    public Measurement Watch(Measurement measurement)
    {
        if (_fastest == default || measurement.Canary < _fastest)
        {
            _fastest = measurement.Canary;
        }

        double factor = measurement.Canary.Nanoseconds / _fastest.Nanoseconds;
        return factor <= SlowedFactor
            ? measurement
            : measurement with
            {
                Warnings = measurement.Warnings.Add(string.Create(
                    CultureInfo.InvariantCulture, $"the device was {factor:0.00} times slower than in its fastest batch, by the canary")),
            };
    }
}
