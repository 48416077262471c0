using NasEngine.Core.Units;

namespace NasEngine.Core.Devices.Remote;

/// <summary>One of a device's last measurements, in short.</summary>
/// <param name="Key">The network.</param>
/// <param name="Median">The median latency.</param>
/// <param name="Low">Lower end of the median's interval.</param>
/// <param name="High">Upper end of the median's interval.</param>
/// <param name="Canary">The canary's time then.</param>
/// <param name="At">When it was measured.</param>
public sealed record DeviceMeasurement(string Key, Latency Median, Latency Low, Latency High, Latency Canary, DateTimeOffset At)
{
    /// <summary>Gets half the interval's width relative to the median, in percent.</summary>
    public double HalfWidthPercent => Median.Nanoseconds > 0 ? (High.Nanoseconds - Low.Nanoseconds) / 2 / Median.Nanoseconds * 100 : 0;
}
