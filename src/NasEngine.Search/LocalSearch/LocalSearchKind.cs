using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.LocalSearch;

/// <summary>Registers local search.</summary>
internal sealed class LocalSearchKind : ISearchAlgorithmKind
{
    private const int Most = 10_000;

    public string Name => "local-search";

    public string Description => "Evaluates what differs in one gene from the best, or from the front, so far; starts anew once nothing better is near.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        LocalSearchOptions defaults = new();
        return section is null ? defaults : new LocalSearchOptions
        {
            Portion = (int)section.Integer("portion", 1, Most, defaults.Portion),
            BestImprovement = section.Flag("bestImprovement", defaults.BestImprovement),
            SeedExtremes = section.Flag("seedExtremes", defaults.SeedExtremes),
        };
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not LocalSearchOptions own)
        {
            throw new ArgumentException($"Expected {nameof(LocalSearchOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        return own.Portion is >= 1 and <= Most
            ? new LocalSearchAlgorithm(problem, own, seed)
            : throw new ArgumentException($"Portions hold 1 to {Most}; got {own}.", nameof(options));
    }
}
