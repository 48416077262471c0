using NasEngine.Core.Search;
using NasEngine.Numerics.Pareto;

namespace NasEngine.Search;

/// <summary>The hypervolume of a search after each of its evaluations. Immutable.</summary>
public sealed class HypervolumeHistory
{
    private HypervolumeHistory(IReadOnlyList<double> reference, IReadOnlyList<double> ideal, IReadOnlyList<HypervolumePoint> points) =>
        (Reference, Ideal, Points) = (reference, ideal, points);

    /// <summary>Gets the reference point as costs, in the order of the objectives; empty if nothing was within the limits and none was given.</summary>
    public IReadOnlyList<double> Reference { get; }

    /// <summary>Gets the least cost of each objective among what is within the limits; empty if nothing is.</summary>
    public IReadOnlyList<double> Ideal { get; }

    /// <summary>Gets one point for each evaluation.</summary>
    public IReadOnlyList<HypervolumePoint> Points { get; }

    /// <summary>Computes the history.</summary>
    /// <param name="problem">The objectives and limits.</param>
    /// <param name="evaluations">The evaluations in the order they were made; those beyond a limit count, but add no volume.</param>
    /// <param name="reference">
    /// The reference point as costs (a value to maximise has its sign turned), or <see langword="null"/> to take it from the data: the
    /// greatest cost within the limits, plus a tenth of the objective's range, or of its size if it has no range. Histories are comparable only at one reference.
    /// </param>
    /// <exception cref="ArgumentException">The reference does not have one finite value for each objective, or an evaluation lacks a value or has an infinite one.</exception>
    /// <remarks>O(n log n) for two objectives; otherwise the volume is computed anew for each point that no earlier one dominates.</remarks>
    public static HypervolumeHistory Compute(SearchProblem problem, IReadOnlyList<Evaluation> evaluations, IReadOnlyList<double>? reference = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(evaluations);
        int objectives = problem.Objectives.Count;
        if (reference is not null && (reference.Count != objectives || reference.Any(value => !double.IsFinite(value))))
        {
            throw new ArgumentException($"Expected a reference of {objectives} finite costs, got [{string.Join(", ", reference)}].", nameof(reference));
        }

        double[]?[] costs = [.. evaluations.Select(evaluation => problem.Violation(evaluation) == 0 ? problem.Costs(evaluation) : null)];
        double[][] feasible = [.. costs.OfType<double[]>()];
        if (feasible.Any(row => row.Any(value => !double.IsFinite(value))))
        {
            throw new ArgumentException("An evaluation within the limits has an infinite objective.", nameof(evaluations));
        }

        if (feasible.Length == 0)
        {
            return new HypervolumeHistory(reference ?? [], [], [.. Enumerable.Range(1, costs.Length).Select(count => new HypervolumePoint(count, 0, 0))]);
        }

        double[] ideal = [.. Enumerable.Range(0, objectives).Select(index => feasible.Min(row => row[index]))];
        double[] from = reference is null ? ReferenceFrom(feasible, ideal) : [.. reference];
        double box = Enumerable.Range(0, objectives).Aggregate(1.0, (product, index) => product * Math.Max(0, from[index] - ideal[index]));
        IEnumerable<double> volumes = objectives == 2 ? Staircase(costs, from) : General(costs, from);
        return new HypervolumeHistory(from, ideal, [.. volumes.Select((volume, index) => new HypervolumePoint(index + 1, volume, box > 0 ? Math.Min(1, volume / box) : 0))]);
    }

    private static double[] ReferenceFrom(double[][] feasible, double[] ideal)
    {
        double[] reference = new double[ideal.Length];
        for (int index = 0; index < reference.Length; index++)
        {
            double worst = feasible.Max(row => row[index]);
            double range = worst - ideal[index];
            reference[index] = worst + (0.1 * (range > 0 ? range : Math.Max(Math.Abs(worst), 1e-9)));
        }

        return reference;
    }

    private static IEnumerable<double> Staircase(double[]?[] costs, double[] reference)
    {
        HypervolumeStaircase staircase = new(reference[0], reference[1]);
        foreach (double[]? point in costs)
        {
            if (point is not null)
            {
                staircase.Add(point[0], point[1]);
            }

            yield return staircase.Area;
        }
    }

    private static IEnumerable<double> General(double[]?[] costs, double[] reference)
    {
        List<double[]> front = [];
        double volume = 0;
        foreach (double[]? point in costs)
        {
            if (point is not null && !front.Any(member => Dominance.IsNoWorse(member, point)))
            {
                front.RemoveAll(member => Dominance.IsNoWorse(point, member));
                front.Add(point);
                volume = Hypervolume.Compute([.. front.SelectMany(member => member)], reference);
            }

            yield return volume;
        }
    }
}
