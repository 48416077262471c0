namespace NasEngine.Core.Jobs;

/// <summary>How far a device has moved from what it measured before.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="Fingerprint">The device's fingerprint now.</param>
/// <param name="RunId">The run whose measurements were repeated.</param>
/// <param name="JobId">The job that repeated them.</param>
/// <param name="At">When.</param>
/// <param name="Networks">How many networks were measured again.</param>
/// <param name="DriftPercent">The median of new by old latency, less one, in percent: 5 means that the device is 5 % slower.</param>
/// <param name="SpreadPercent">Half the distance between the quartiles of that ratio, in percent.</param>
public sealed record DeviceDrift(
    string Device, string Fingerprint, string RunId, string JobId, DateTimeOffset At, int Networks, double DriftPercent, double SpreadPercent)
{
    /// <summary>Gets the drift, in percent, beyond which latencies should be measured afresh.</summary>
    public const double WarningPercent = 5;

    /// <summary>Gets whether the device moved so far that latencies should be measured afresh.</summary>
    public bool IsDrifted => Math.Abs(DriftPercent) > WarningPercent;
}
