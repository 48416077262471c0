namespace NasEngine.Core.Runs;

/// <summary>A latency measurement as it is stored. Every one is kept, raw blocks included.</summary>
/// <param name="Key">The network's identity on any machine: the space's fingerprint and the genotype.</param>
/// <param name="Device">The device's name.</param>
/// <param name="Fingerprint">The device's fingerprint: other hardware or another runtime is another device.</param>
/// <param name="MedianMs">The median, in milliseconds.</param>
/// <param name="LowMs">The lower end of the median's 95 % interval.</param>
/// <param name="HighMs">The upper end.</param>
/// <param name="Document">The whole measurement as JSON.</param>
/// <param name="MeasuredAt">When.</param>
public sealed record StoredMeasurement(
    string Key, string Device, string Fingerprint, double MedianMs, double LowMs, double HighMs, string Document, DateTimeOffset MeasuredAt);
