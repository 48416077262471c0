using NasEngine.Core.Randomness;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search.NsgaII;

namespace NasEngine.Search.NsgaIII;

/// <summary>NSGA-III over genotypes, with NSGA-II's mating. Deb, Jain 2014; limits as Jain, Deb 2014 (part II).</summary>
/// <remarks>Parents meet in tournaments of front against front; within a front they are equals, since survival keeps it spread.</remarks>
internal sealed class NsgaIIIAlgorithm(SearchProblem problem, NsgaIIIOptions options, long seed) : GenerationalSearch(problem, seed)
{
    private const int TriesForNewChild = 50;

    private readonly Mating _mating = new(problem.Space, new NsgaIIOptions { MutationProbability = options.MutationProbability, CrossoverProbability = options.CrossoverProbability });
    private readonly NicheSurvival _survival = new(problem.Objectives.Count, options.PopulationSize);
    private readonly SeedTree _draws = new SeedTree(seed).Child("survival");
    private Assessed[] _survivors = [];
    private List<Individual> _population = [];
    private int _generations;

    protected override int GenerationLength => options.PopulationSize;

    protected override Genotype? Propose(Random random)
    {
        if (_population.Count == 0)
        {
            return (options.SeedExtremes ? NewExtreme() : null) ?? Memory.DrawNew(random);
        }

        for (int attempt = 0; attempt < TriesForNewChild; attempt++)
        {
            if (Memory.AddNearest(_mating.Child(_population, random), random) is Genotype child)
            {
                return child;
            }
        }

        return Memory.DrawNew(random);
    }

    protected override void EndGeneration(IReadOnlyList<Assessed> generation)
    {
        Random random = _draws.Child(_generations++).CreateRandom();
        (_survivors, int[] ranks) = _survival.Select([.. _survivors, .. generation], random);
        _population = [.. _survivors.Select((survivor, index) => new Individual(survivor.Genotype, survivor.Costs, survivor.Violation) { Rank = ranks[index] })];
    }
}
