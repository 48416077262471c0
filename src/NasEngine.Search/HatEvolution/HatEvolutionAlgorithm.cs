using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.HatEvolution;

/// <summary>The evolutionary search of HAT. Wang, Wu, Liu, Cai, Zhu, Gan, Han: HAT: Hardware-Aware Transformers, 2020, section 3.3.</summary>
/// <remarks>
/// As published, children beyond a limit are rejected before they are evaluated, wherever the problem's estimator tells. Otherwise, than the
/// published program: tries are bounded, no architecture is evaluated twice, genes that do not matter are no difference, parents keep
/// their values, and every generation's children can become parents. With several objectives, parents are ranked as <see cref="ConstrainedRanking"/> says.
/// </remarks>
internal sealed class HatEvolutionAlgorithm(SearchProblem problem, HatEvolutionOptions options, long seed) : GenerationalSearch(problem, seed)
{
    private const int TriesForNewChild = 50;

    private readonly GeneOperators _operators = new(problem.Space);
    private Assessed[] _parents = [];

    protected override int GenerationLength => _parents.Length == 0 ? options.PopulationSize : options.Mutants + options.Crossovers;

    protected override Genotype? Propose(Random random)
    {
        if (_parents.Length == 0)
        {
            return (options.SeedExtremes ? NewExtreme() : null) ?? Memory.DrawNew(random);
        }

        bool isMutant = PlaceInGeneration % GenerationLength < options.Mutants;
        for (int attempt = 0; attempt < TriesForNewChild; attempt++)
        {
            byte[] choices = isMutant ? Mutant(random) : Crossover(random);
            if (Memory.AddNearest(Problem.Space.Canonical(choices), random) is Genotype child)
            {
                return child;
            }

            isMutant |= attempt == TriesForNewChild / 2; // parents that have become alike have no new crossovers
        }

        return Memory.DrawNew(random);
    }

    protected override void EndGeneration(IReadOnlyList<Assessed> generation)
    {
        Assessed[] pool = [.. _parents, .. generation];
        _parents = [.. ConstrainedRanking.Order(pool).Take(options.Parents).Select(index => pool[index])];
    }

    private byte[] Mutant(Random random)
    {
        byte[] choices = [.. _parents[random.Next(_parents.Length)].Genotype.Choices];
        _operators.Mutate(choices, options.MutationProbability, random, steps: false);
        return choices;
    }

    private byte[] Crossover(Random random)
    {
        int first = random.Next(_parents.Length);
        int second = (first + 1 + random.Next(_parents.Length - 1)) % _parents.Length;
        return _operators.Cross(_parents[first].Genotype, _parents[second].Genotype, mixes: true, random);
    }
}
