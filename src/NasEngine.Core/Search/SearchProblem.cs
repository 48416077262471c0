using NasEngine.Core.Objectives;
using NasEngine.Core.Spaces;

namespace NasEngine.Core.Search;

/// <summary>What a search is for: a space, what to make better, and the hard limits.</summary>
/// <param name="Space">The space to search.</param>
/// <param name="Objectives">At least one; their order is the order of every objective vector.</param>
/// <param name="Constraints">Hard limits; none is fine.</param>
public sealed record SearchProblem(SearchSpace Space, IReadOnlyList<Objective> Objectives, IReadOnlyList<Constraint> Constraints)
{
    /// <summary>Gets the only architectures that may be proposed, or <see langword="null"/>, the default, if all of the space may.</summary>
    public CandidateSet? Candidates { get; init; }

    /// <summary>Gives the costs of an evaluation, in the order of the objectives; smaller is better in each.</summary>
    /// <exception cref="ArgumentException">A value is missing or NaN.</exception>
    public double[] Costs(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        double[] costs = new double[Objectives.Count];
        for (int index = 0; index < costs.Length; index++)
        {
            double value = evaluation.Metrics[Objectives[index].Key.ToString()];
            costs[index] = double.IsNaN(value)
                ? throw new ArgumentException($"An evaluation has no value for {Objectives[index].Key}; it has {evaluation.Metrics}.", nameof(evaluation))
                : Objectives[index].Cost(value);
        }

        return costs;
    }

    /// <summary>Gives how far an evaluation lies outside the limits: the sum of relative violations, 0 if it meets them all.</summary>
    public double Violation(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return Constraints.Sum(constraint => constraint.Violation(evaluation.Metrics[constraint.Key.ToString()]));
    }
}
