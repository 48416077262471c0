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

    /// <summary>Gets what tells costs before an evaluation, or <see langword="null"/>, the default. With it, nothing is proposed that it puts beyond a limit.</summary>
    public ICostEstimator? Estimator { get; init; }

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

    /// <summary>Gives how far the estimator puts an architecture outside the limits: as <see cref="Violation"/>, but over the limits whose values it knows; 0 without one.</summary>
    public double EstimatedViolation(Genotype genotype)
    {
        double sum = 0;
        for (int index = 0; Estimator is not null && index < Constraints.Count; index++)
        {
            double value = Estimator.Estimate(genotype, Constraints[index].Key);
            sum += double.IsNaN(value) ? 0 : Constraints[index].Violation(value);
        }

        return sum;
    }
}
