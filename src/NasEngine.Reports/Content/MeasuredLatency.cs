namespace NasEngine.Reports.Content;

/// <summary>A measured latency with its spread.</summary>
/// <param name="MedianMs">The median, in milliseconds.</param>
/// <param name="LowMs">The lower end of its interval.</param>
/// <param name="HighMs">The upper end.</param>
public sealed record MeasuredLatency(double MedianMs, double LowMs, double HighMs);
