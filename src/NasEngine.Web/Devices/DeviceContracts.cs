using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;

namespace NasEngine.Web.Devices;

/// <summary>A list of devices; it has one page.</summary>
/// <param name="Items">The devices, by name.</param>
/// <param name="Total">How many there are.</param>
/// <param name="NextCursor">Always null.</param>
internal sealed record DeviceListContract(IReadOnlyList<DeviceContract> Items, int Total, string? NextCursor);

/// <summary>A device.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">The text that an experiment names it by.</param>
/// <param name="Kind"><c>agent</c>, <c>browser</c>, <c>local</c> or <c>replay</c>.</param>
/// <param name="State"><c>online</c>, <c>busy</c> or <c>offline</c>.</param>
/// <param name="Fingerprint">What latencies depend on.</param>
/// <param name="AttachedAt">When it was attached.</param>
/// <param name="LastSeen">When it was last heard of.</param>
/// <param name="QueueLength">The networks that wait for it.</param>
/// <param name="NoisePercent">Half the width of the interval of a latency relative to the latency: the median over the last measurements; null without any.</param>
/// <param name="DriftPercent">How much slower than at first the device is now, by the canary; null without any measurement.</param>
/// <param name="LastMeasurements">The last measurements, the newest first.</param>
public sealed record DeviceContract(
    string Name, string Form, string Kind, string State, FingerprintContract Fingerprint, DateTimeOffset AttachedAt, DateTimeOffset LastSeen, int QueueLength,
    double? NoisePercent, double? DriftPercent, IReadOnlyList<LastMeasurementContract> LastMeasurements)
{
    private const int NoiseOf = 50;

    internal static DeviceContract Of(AttachedDevice device, IReadOnlyList<DeviceMeasurement> measurements, int shown) => new(
        device.Name, device.Form, device.Kind.ToString().ToLowerInvariant(), device.Activity.ToString().ToLowerInvariant(), FingerprintContract.Of(device.Fingerprint),
        device.AttachedAt, device.LastSeen, device.QueueLength, Noise(measurements), double.IsNaN(device.DriftPercent) ? null : device.DriftPercent,
        [.. measurements.Take(shown).Select(one => new LastMeasurementContract(one.Key, one.Median.Milliseconds, one.Low.Milliseconds, one.High.Milliseconds, one.At))]);

    private static double? Noise(IReadOnlyList<DeviceMeasurement> measurements)
    {
        double[] widths = [.. measurements.Take(NoiseOf).Select(one => one.HalfWidthPercent).Order()];
        return widths.Length == 0 ? null : (widths[(widths.Length - 1) / 2] + widths[widths.Length / 2]) / 2;
    }
}

/// <summary>What latencies of a device depend on.</summary>
public sealed record FingerprintContract(
    string Id, string Text, string Runtime, string RuntimeVersion, string Host, string OperatingSystem, string OperatingSystemRelease, string Processor, int Cores, long MemoryBytes, int Threads)
{
    internal static FingerprintContract Of(DeviceFingerprint of) => new(
        of.Id, of.ToString(), of.Runtime, of.RuntimeVersion, of.Host, of.OperatingSystem, of.OperatingSystemRelease, of.Processor, of.Cores, of.MemoryBytes, of.Threads);
}

/// <summary>A measurement in short.</summary>
/// <param name="Key">The network.</param>
/// <param name="MedianMs">The median latency in milliseconds.</param>
/// <param name="LowMs">Lower end of its interval.</param>
/// <param name="HighMs">Upper end of its interval.</param>
/// <param name="At">When it was measured.</param>
public sealed record LastMeasurementContract(string Key, double MedianMs, double LowMs, double HighMs, DateTimeOffset At);

/// <summary>How to attach a device.</summary>
/// <param name="Token">A token with the role device; it is shown once.</param>
/// <param name="Command">What to enter on a machine with Node.</param>
/// <param name="Url">What to open on anything with a browser; the token stands behind the #, which browsers keep to themselves.</param>
internal sealed record DeviceTokenContract(string? Token, string Command, string Url);

/// <summary>A job that was started.</summary>
/// <param name="JobId">The job.</param>
internal sealed record StartedJobContract(string JobId);
