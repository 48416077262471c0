using NasEngine.Core.Spaces;

namespace NasEngine.Core.Search;

/// <summary>A search that first gives architectures a little training, and more only to those that do well.</summary>
/// <remarks>
/// Keeps the promises of <see cref="ISearchAlgorithm"/> for pairs of an architecture and a budget: no pair is proposed twice. An architecture comes
/// again with a larger budget once its values at the smaller one were told. Budgets count from the beginning of its training: what was
/// trained at a smaller budget can go on. Asked and told as a plain algorithm, it knows full training only.
/// </remarks>
public interface IBudgetedSearchAlgorithm : ISearchAlgorithm
{
    /// <summary>Gets the budgets, ascending, in units of training such as epochs; the last is full training.</summary>
    IReadOnlyList<int> Budgets { get; }

    /// <summary>Proposes up to <paramref name="count"/> trainings; fewer, or none, once there is nothing to train further and nothing new.</summary>
    /// <param name="count">How many to propose; at least 1.</param>
    IReadOnlyList<BudgetedProposal> AskBudgeted(int count);

    /// <summary>Takes in the values that trainings had at their budgets, in any order.</summary>
    /// <exception cref="ArgumentException">A budget is not one of <see cref="Budgets"/>, or a value is missing.</exception>
    void TellBudgeted(IReadOnlyList<BudgetedEvaluation> evaluations);
}

/// <summary>An architecture to be trained.</summary>
/// <param name="Genotype">The architecture, canonical.</param>
/// <param name="Budget">How much training it is to have had in all.</param>
public sealed record BudgetedProposal(Genotype Genotype, int Budget);

/// <summary>The last values of a training.</summary>
/// <param name="Genotype">The architecture, canonical.</param>
/// <param name="Budget">How much training it has had in all.</param>
/// <param name="Metrics">Its values.</param>
public sealed record BudgetedEvaluation(Genotype Genotype, int Budget, MetricSet Metrics);
