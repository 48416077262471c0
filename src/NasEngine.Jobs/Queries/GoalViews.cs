using NasEngine.Core.Objectives;

namespace NasEngine.Jobs.Queries;

/// <summary>Something a search makes better, as it is shown.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Device">The device's name, or <see langword="null"/>.</param>
/// <param name="Key">The key under which values are stored, such as <c>latency@local</c>.</param>
/// <param name="Goal"><c>minimize</c> or <c>maximize</c>.</param>
public sealed record ObjectiveView(string Metric, string? Device, string Key, string Goal)
{
    /// <summary>Makes views of objectives.</summary>
    public static IReadOnlyList<ObjectiveView> Of(IEnumerable<Objective> objectives) =>
        [.. objectives.Select(objective => new ObjectiveView(objective.Key.Metric, objective.Key.Device, objective.Key.ToString(), objective.Goal == Core.Objectives.Goal.Maximize ? "maximize" : "minimize"))];
}

/// <summary>A hard limit, as it is shown.</summary>
/// <param name="Key">The key under which values are stored.</param>
/// <param name="Min">The least allowed value, or <see langword="null"/>.</param>
/// <param name="Max">The greatest allowed value, or <see langword="null"/>.</param>
public sealed record ConstraintView(string Key, double? Min, double? Max)
{
    /// <summary>Makes views of limits.</summary>
    public static IReadOnlyList<ConstraintView> Of(IEnumerable<Constraint> constraints) =>
        [.. constraints.Select(constraint => new ConstraintView(constraint.Key.ToString(), constraint.Minimum, constraint.Maximum))];
}
