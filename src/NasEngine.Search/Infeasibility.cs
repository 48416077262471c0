using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Units;

namespace NasEngine.Search;

/// <summary>Says that nothing meets the limits, and what comes closest.</summary>
public static class Infeasibility
{
    /// <summary>Makes the error to raise if no evaluation meets every limit.</summary>
    /// <param name="problem">The problem with its limits.</param>
    /// <param name="evaluations">Everything that was evaluated.</param>
    /// <param name="examined">How many architectures were looked at, if not as many as were evaluated.</param>
    /// <returns>
    /// The error, or <see langword="null"/> if something meets them all or nothing was evaluated. If a limit is met by nothing, the error
    /// names it and the best value seen (of a latency, the fastest network); of several such limits, the one missed by most.
    /// If each alone can be met, it names all, and the values of the architecture that misses them by least.
    /// </returns>
    public static InfeasibleConstraintException? Find(SearchProblem problem, IReadOnlyList<Evaluation> evaluations, int? examined = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(evaluations);
        if (evaluations.Count == 0 || evaluations.Any(evaluation => problem.Violation(evaluation) == 0))
        {
            return null;
        }

        (Constraint constraint, Evaluation closest, double missed) = problem.Constraints
            .Select(limit => (Limit: limit, Closest: evaluations.MinBy(evaluation => Miss(limit, evaluation))!))
            .Select(pair => (pair.Limit, pair.Closest, Missed: Miss(pair.Limit, pair.Closest)))
            .MaxBy(pair => pair.Missed);
        if (missed > 0)
        {
            return Create(problem, constraint.ToString(), Show(constraint.Key, closest), closest, examined ?? evaluations.Count);
        }

        Evaluation nearest = evaluations.MinBy(problem.Violation)!;
        string limits = string.Join(" and ", problem.Constraints);
        string values = string.Join(", ", problem.Constraints.Select(limit => $"{limit.Key} {Show(limit.Key, nearest)}"));
        return Create(problem, limits, values, nearest, examined ?? evaluations.Count);
    }

    private static double Miss(Constraint limit, Evaluation evaluation) => limit.Violation(evaluation.Metrics[limit.Key.ToString()]);

    private static string Show(MetricKey key, Evaluation evaluation) => UnitText.Format(
        evaluation.Metrics[key.ToString()], Metric.All.FirstOrDefault(metric => metric.Name == key.Metric)?.Unit ?? PhysicalUnit.None);

    private static InfeasibleConstraintException Create(SearchProblem problem, string limit, string closest, Evaluation nearest, int examined) =>
        new(problem.Space.Name, limit, closest, problem.Space.Format(nearest.Genotype), examined);
}
