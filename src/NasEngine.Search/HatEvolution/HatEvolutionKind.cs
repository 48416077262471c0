using NasEngine.Core.Json;
using NasEngine.Core.Search;

namespace NasEngine.Search.HatEvolution;

/// <summary>Registers HAT's evolutionary search.</summary>
internal sealed class HatEvolutionKind : ISearchAlgorithmKind
{
    private const int Most = 10_000;

    public string Name => "hat-evolution";

    public string Description => "Keeps the best as parents of mutants and crossovers; what is known to be beyond a limit is not proposed.";

    public SearchAlgorithmOptions ReadOptions(JsonObjectReader? section)
    {
        HatEvolutionOptions defaults = new();
        return section is null ? defaults : new HatEvolutionOptions
        {
            Parents = (int)section.Integer("parents", 2, Most, defaults.Parents),
            Mutants = (int)section.Integer("mutants", 1, Most, defaults.Mutants),
            Crossovers = (int)section.Integer("crossovers", 1, Most, defaults.Crossovers),
            MutationProbability = section.Number("mutationProbability", 0, 1, defaults.MutationProbability),
            SeedExtremes = section.Flag("seedExtremes", defaults.SeedExtremes),
        };
    }

    public ISearchAlgorithm Create(SearchProblem problem, SearchAlgorithmOptions options, long seed)
    {
        if (options is not HatEvolutionOptions own)
        {
            throw new ArgumentException($"Expected {nameof(HatEvolutionOptions)}, got {options?.GetType().Name ?? "null"}.", nameof(options));
        }

        return own.Parents is >= 2 and <= Most && own.Mutants is >= 1 and <= Most && own.Crossovers is >= 1 and <= Most && own.MutationProbability is >= 0 and <= 1
            ? new HatEvolutionAlgorithm(problem, own, seed)
            : throw new ArgumentException($"Parents are 2 to {Most}, mutants and crossovers 1 to {Most}, the probability lies from 0 to 1; got {own}.", nameof(options));
    }
}
