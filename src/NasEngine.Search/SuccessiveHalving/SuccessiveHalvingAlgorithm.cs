using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.SuccessiveHalving;

/// <summary>Asynchronous successive halving. Li, Jamieson, Rostamizadeh, Gonina, Ben-Tzur, Hardt, Recht, Talwalkar: A System for Massively Parallel Hyperparameter Tuning, 2020 (ASHA).</summary>
/// <remarks>
/// Whoever belongs to the best part of a rung, one in <see cref="SuccessiveHalvingOptions.ReductionFactor"/>, is trained to the next rung's
/// budget; with nobody to promote, a new architecture starts at the bottom. Architectures of a rung are compared by their last values: with several objectives by
/// <see cref="ConstrainedRanking"/>, so that the front of a rung is promoted before what it dominates, and its ends before its crowded middle.
/// </remarks>
internal sealed class SuccessiveHalvingAlgorithm : IBudgetedSearchAlgorithm
{
    private readonly SearchProblem _problem;
    private readonly SuccessiveHalvingOptions _options;
    private readonly SearchMemory _memory;
    private readonly Rung[] _rungs;

    public SuccessiveHalvingAlgorithm(SearchProblem problem, SuccessiveHalvingOptions options, long seed)
    {
        (_problem, _options, _memory) = (problem, options, new SearchMemory(problem, seed));
        List<int> budgets = [options.MaximumBudget];
        while (budgets[^1] / options.ReductionFactor >= options.MinimumBudget)
        {
            budgets.Add(budgets[^1] / options.ReductionFactor);
        }

        budgets.Reverse();
        Budgets = budgets;
        _rungs = [.. budgets.Select(_ => new Rung())];
    }

    public IReadOnlyList<int> Budgets { get; }

    public IReadOnlyList<Genotype> Ask(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<Genotype> proposals = [];
        while (proposals.Count < count && _memory.DrawNew(_memory.NextRandom()) is Genotype genotype)
        {
            _rungs[^1].Entered.Add(genotype);
            proposals.Add(genotype);
        }

        return proposals;
    }

    public void Tell(IReadOnlyList<Evaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        TellBudgeted([.. evaluations.Select(evaluation => new BudgetedEvaluation(evaluation.Genotype, Budgets[^1], evaluation.Metrics))]);
    }

    public IReadOnlyList<BudgetedProposal> AskBudgeted(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<BudgetedProposal> proposals = [];
        while (proposals.Count < count && (Promote() ?? Start()) is BudgetedProposal proposal)
        {
            proposals.Add(proposal);
        }

        return proposals;
    }

    public void TellBudgeted(IReadOnlyList<BudgetedEvaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        foreach ((Genotype genotype, int budget, MetricSet metrics) in evaluations)
        {
            int level = Enumerable.Range(0, Budgets.Count).FirstOrDefault(index => Budgets[index] == budget, -1);
            if (level < 0)
            {
                throw new ArgumentException($"Expected a budget of {string.Join(", ", Budgets)}, got {budget}.", nameof(evaluations));
            }

            Evaluation evaluation = new(genotype, metrics);
            _memory.Learn(evaluation);
            _rungs[level].Entered.Add(genotype);
            if (_rungs[level].Told.Add(genotype))
            {
                _rungs[level].Add(new Assessed(genotype, _problem.Costs(evaluation), _problem.Violation(evaluation)));
            }
        }
    }

    // From the top: what has had most training is finished first.
    private BudgetedProposal? Promote()
    {
        for (int level = _rungs.Length - 2; level >= 0; level--)
        {
            HashSet<Genotype> above = _rungs[level + 1].Entered;
            if (_rungs[level].Best(_options.ReductionFactor).FirstOrDefault(genotype => !above.Contains(genotype)) is Genotype promoted)
            {
                above.Add(promoted);
                return new BudgetedProposal(promoted, Budgets[level + 1]);
            }
        }

        return null;
    }

    private BudgetedProposal? Start()
    {
        if (_memory.DrawNew(_memory.NextRandom()) is not Genotype genotype)
        {
            return null;
        }

        _rungs[0].Entered.Add(genotype);
        return new BudgetedProposal(genotype, Budgets[0]);
    }

    private sealed class Rung
    {
        private readonly List<Assessed> _values = [];
        private int[]? _order;

        public HashSet<Genotype> Entered { get; } = [];

        public HashSet<Genotype> Told { get; } = [];

        public void Add(Assessed value)
        {
            _values.Add(value);
            _order = null;
        }

        // One in so many of those whose values are known, the best first.
        public IEnumerable<Genotype> Best(int factor) => _values.Count < factor
            ? []
            : (_order ??= ConstrainedRanking.Order(_values)).Take(_values.Count / factor).Select(index => _values[index].Genotype);
    }
}
