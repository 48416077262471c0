using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.AgingEvolution;

/// <summary>Registers aging evolution.</summary>
internal sealed class AgingEvolutionKind : ISearchAlgorithmKind
{
    private const int Most = 10_000;

    public string Name => "aging-evolution";

    public string Description => "Mutates the winners of tournaments, one gene at a time; the oldest architecture dies for each new one.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        AgingEvolutionOptions defaults = new();
        return section is null ? defaults : new AgingEvolutionOptions
        {
            PopulationSize = (int)section.Integer("populationSize", 2, Most, defaults.PopulationSize),
            SampleSize = (int)section.Integer("sampleSize", 1, Most, defaults.SampleSize),
            Portion = (int)section.Integer("portion", 1, Most, defaults.Portion),
            SeedExtremes = section.Flag("seedExtremes", defaults.SeedExtremes),
        };
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not AgingEvolutionOptions own)
        {
            throw new ArgumentException($"Expected {nameof(AgingEvolutionOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        return own.PopulationSize is >= 2 and <= Most && own.SampleSize is >= 1 and <= Most && own.Portion is >= 1 and <= Most
            ? new AgingEvolutionAlgorithm(problem, own, seed)
            : throw new ArgumentException($"Populations hold 2 to {Most}, samples and portions 1 to {Most}; got {own}.", nameof(options));
    }
}
