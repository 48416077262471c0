namespace NasEngine.Core.Objectives;

/// <summary>Names one value of an evaluation: a metric, and the device it holds on, if it takes one.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Device">The device's name, or <see langword="null"/>.</param>
public readonly record struct MetricKey(string Metric, string? Device = null)
{
    /// <summary>Gives <c>accuracy</c> or <c>latency@local</c>: the key under which values are stored.</summary>
    public override string ToString() => Device is null ? Metric : $"{Metric}@{Device}";
}
