using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.NsgaIII;

/// <summary>Registers NSGA-III.</summary>
internal sealed class NsgaIIIKind : ISearchAlgorithmKind
{
    private const int LeastPopulation = 4;
    private const int LargestPopulation = 10_000;

    public string Name => "nsga-iii";

    public string Description => "Evolves a population towards reference points all over the Pareto front; for three and more objectives.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        NsgaIIIOptions defaults = new();
        return section is null ? defaults : new NsgaIIIOptions
        {
            PopulationSize = (int)section.Integer("populationSize", LeastPopulation, LargestPopulation, defaults.PopulationSize),
            MutationProbability = section.Has("mutationProbability") ? section.Number("mutationProbability", 0, 1) : null,
            CrossoverProbability = section.Number("crossoverProbability", 0, 1, defaults.CrossoverProbability),
            SeedExtremes = section.Flag("seedExtremes", defaults.SeedExtremes),
        };
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not NsgaIIIOptions own)
        {
            throw new ArgumentException($"Expected {nameof(NsgaIIIOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        bool inRange = own.PopulationSize is >= LeastPopulation and <= LargestPopulation
            && own.CrossoverProbability is >= 0 and <= 1 && own.MutationProbability is null or (>= 0 and <= 1);
        return inRange
            ? new NsgaIIIAlgorithm(problem, own, seed)
            : throw new ArgumentException($"Populations hold {LeastPopulation} to {LargestPopulation}, probabilities lie from 0 to 1; got {own}.", nameof(options));
    }
}
