using NasEngine.Core.Units;

namespace NasEngine.Core.Devices.Remote;

/// <summary>A device that is or was attached.</summary>
public sealed record AttachedDevice
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how it is reached.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Gets the text that an experiment names it by, such as <c>agent:phone</c>.</summary>
    public required string Form { get; init; }

    /// <summary>Gets what latencies depend on.</summary>
    public required DeviceFingerprint Fingerprint { get; init; }

    /// <summary>Gets what it is doing.</summary>
    public required DeviceActivity Activity { get; init; }

    /// <summary>Gets when it was attached.</summary>
    public required DateTimeOffset AttachedAt { get; init; }

    /// <summary>Gets when it was last heard of.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Gets the networks that wait for it or are being measured on it.</summary>
    public required int QueueLength { get; init; }

    /// <summary>Gets the canary's time in the first measurement under this fingerprint; zero if there is none.</summary>
    public Latency FirstCanary { get; init; }

    /// <summary>Gets the canary's time in the last measurement; zero if there is none.</summary>
    public Latency LastCanary { get; init; }

    /// <summary>Gets how much slower than at first the device is now, by the canary, in percent; negative if it is faster, NaN without a measurement.</summary>
    public double DriftPercent => FirstCanary.Nanoseconds > 0 ? ((LastCanary.Nanoseconds / FirstCanary.Nanoseconds) - 1) * 100 : double.NaN;
}
