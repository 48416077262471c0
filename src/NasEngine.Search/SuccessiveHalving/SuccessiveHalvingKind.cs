using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.SuccessiveHalving;

/// <summary>Registers successive halving.</summary>
internal sealed class SuccessiveHalvingKind : ISearchAlgorithmKind
{
    private const int MostTraining = 100_000_000;

    public string Name => "successive-halving";

    public string Description => "Trains many architectures a little, and the best of them further; where values are known at full training only, a random search.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        SuccessiveHalvingOptions defaults = new();
        if (section is null)
        {
            return defaults;
        }

        SuccessiveHalvingOptions options = new()
        {
            MinimumBudget = (int)section.Integer("minimumBudget", 1, MostTraining, defaults.MinimumBudget),
            MaximumBudget = (int)section.Integer("maximumBudget", 1, MostTraining, defaults.MaximumBudget),
            ReductionFactor = (int)section.Integer("reductionFactor", 2, 16, defaults.ReductionFactor),
        };
        if (options.MinimumBudget > options.MaximumBudget)
        {
            section.Fault("minimumBudget", $"at most maximumBudget is expected, which is {options.MaximumBudget}.");
        }

        return options;
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not SuccessiveHalvingOptions own)
        {
            throw new ArgumentException($"Expected {nameof(SuccessiveHalvingOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        return own.MinimumBudget >= 1 && own.MaximumBudget >= own.MinimumBudget && own.ReductionFactor is >= 2 and <= 16
            ? new SuccessiveHalvingAlgorithm(problem, own, seed)
            : throw new ArgumentException($"Budgets are at least 1, the maximum no less than the minimum, the factor from 2 to 16; got {own}.", nameof(options));
    }
}
