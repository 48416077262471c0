namespace NasEngine.Core.Objectives;

/// <summary>Something a search makes better.</summary>
/// <param name="Key">Which value.</param>
/// <param name="Goal">Which way is better.</param>
public sealed record Objective(MetricKey Key, Goal Goal)
{
    /// <summary>Turns a value into a cost: smaller is better whatever the goal.</summary>
    public double Cost(double value) => Goal == Goal.Minimize ? value : -value;
}
