using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.RandomSearch;

/// <summary>Registers random search.</summary>
internal sealed class RandomSearchKind : ISearchAlgorithmKind
{
    public string Name => "random";

    public string Description => "Draws every gene uniformly, without repeats. The baseline.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section) => new RandomSearchOptions();

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed) =>
        options is RandomSearchOptions
            ? new RandomSearchAlgorithm(problem, seed)
            : throw new ArgumentException($"Expected {nameof(RandomSearchOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
}
