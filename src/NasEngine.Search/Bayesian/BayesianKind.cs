using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.Bayesian;

/// <summary>Registers Bayesian optimisation.</summary>
internal sealed class BayesianKind : ISearchAlgorithmKind
{
    public string Name => "bo";

    public string Description => "Bayesian optimisation: Gaussian processes say where the most hypervolume is to be expected. For searches of a few hundred evaluations.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        BayesianOptions defaults = new();
        return section is null ? defaults : new BayesianOptions
        {
            BatchSize = (int)section.Integer("batchSize", 1, 1000, defaults.BatchSize),
            InitialSize = (int)section.Integer("initialSize", 4, 10_000, defaults.InitialSize),
            TrainingSize = (int)section.Integer("trainingSize", 20, 5000, defaults.TrainingSize),
            PoolSize = (int)section.Integer("poolSize", 100, 1_000_000, defaults.PoolSize),
        };
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not BayesianOptions own)
        {
            throw new ArgumentException($"Expected {nameof(BayesianOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        bool inRange = own.BatchSize is >= 1 and <= 1000 && own.InitialSize is >= 4 and <= 10_000 && own.TrainingSize is >= 20 and <= 5000 && own.PoolSize is >= 100 and <= 1_000_000;
        return inRange
            ? new BayesianAlgorithm(problem, own, seed)
            : throw new ArgumentException($"Batches hold 1 to 1000, the beginning 4 to 10000, surrogates 20 to 5000, pools 100 to 1000000; got {own}.", nameof(options));
    }
}
