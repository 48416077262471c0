using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.Auto;

/// <summary>Registers the search that chooses its algorithm.</summary>
internal sealed class AutoKind : ISearchAlgorithmKind
{
    public string Name => "auto";

    public string Description => "Moves from one algorithm to another as evaluations come in: Bayesian optimisation, then iterated predictors, then evolution; says what it chose and why.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        AutoOptions defaults = new();
        return section is null ? defaults : new AutoOptions
        {
            BatchSize = (int)section.Integer("batchSize", 1, 1000, defaults.BatchSize),
            BayesianUntil = (int)section.Integer("bayesianUntil", 20, 5000, defaults.BayesianUntil),
            PredictorsUntil = (int)section.Integer("predictorsUntil", 20, 1_000_000, defaults.PredictorsUntil),
        };
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not AutoOptions own)
        {
            throw new ArgumentException($"Expected {nameof(AutoOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        bool inRange = own.BatchSize is >= 1 and <= 1000 && own.BayesianUntil is >= 20 and <= 5000 && own.PredictorsUntil is >= 20 and <= 1_000_000;
        return inRange
            ? new AutoAlgorithm(problem, own, seed, SearchAlgorithmRegistry.Default)
            : throw new ArgumentException($"Batches hold 1 to 1000; the changes come after 20 to 5000 and 20 to 1000000 evaluations; got {own}.", nameof(options));
    }
}
