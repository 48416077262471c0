using System.Globalization;
using NasEngine.Core.Units;

namespace NasEngine.Core.Objectives;

/// <summary>A hard limit: an architecture beyond it is never proposed as a result.</summary>
/// <param name="Key">Which value.</param>
/// <param name="Minimum">The least allowed value, or <see langword="null"/>.</param>
/// <param name="Maximum">The greatest allowed value, or <see langword="null"/>.</param>
public sealed record Constraint(MetricKey Key, double? Minimum, double? Maximum)
{
    /// <summary>Gives how far a value lies outside, relative to the limit: 0 if it lies within.</summary>
    public double Violation(double value)
    {
        double above = Maximum is double maximum ? (value - maximum) / Math.Max(Math.Abs(maximum), double.Epsilon) : 0;
        double below = Minimum is double minimum ? (minimum - value) / Math.Max(Math.Abs(minimum), double.Epsilon) : 0;
        return double.IsNaN(value) ? double.PositiveInfinity : Math.Max(0, Math.Max(above, below));
    }

    /// <summary>Gives the limit as a person would write it, such as <c>latency@local at most 4 ms</c>.</summary>
    public override string ToString()
    {
        PhysicalUnit unit = Metric.All.FirstOrDefault(metric => metric.Name == Key.Metric)?.Unit ?? PhysicalUnit.None;
        string least = Minimum is double minimum ? string.Create(CultureInfo.InvariantCulture, $" at least {UnitText.Format(minimum, unit)}") : string.Empty;
        string most = Maximum is double maximum ? string.Create(CultureInfo.InvariantCulture, $" at most {UnitText.Format(maximum, unit)}") : string.Empty;
        return Key + least + (least.Length > 0 && most.Length > 0 ? " and" : string.Empty) + most;
    }
}
