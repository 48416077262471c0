using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.NsgaII;

/// <summary>NSGA-II over genotypes. Deb, Pratap, Agarwal, Meyarivan: A Fast and Elitist Multiobjective Genetic Algorithm, 2002.</summary>
/// <remarks>
/// A generation ends when as many evaluations were told as a population holds, in whatever portions they came.
/// Until the first has ended, proposals are random.
/// </remarks>
internal sealed class NsgaIIAlgorithm(SearchProblem problem, NsgaIIOptions options, long seed) : ISearchAlgorithm
{
    // Children that are known already are common once a small space is nearly explored: then chance takes over.
    private const int TriesForNewChild = 50;

    private readonly SearchMemory _memory = new(problem, seed);
    private readonly Mating _mating = new(problem.Space, options);
    private readonly SurvivalSelection _selection = new();
    private readonly HashSet<Genotype> _told = [];
    private readonly List<Individual> _generation = [];
    private List<Individual> _population = [];

    public IReadOnlyList<Genotype> Ask(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<Genotype> proposals = [];
        while (proposals.Count < count && Propose() is Genotype genotype)
        {
            proposals.Add(genotype);
        }

        return proposals;
    }

    public void Tell(IReadOnlyList<Evaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        foreach (Evaluation evaluation in evaluations)
        {
            _memory.Learn(evaluation);
            if (_told.Add(evaluation.Genotype))
            {
                _generation.Add(new Individual(evaluation.Genotype, problem.Costs(evaluation), problem.Violation(evaluation)));
            }

            if (_generation.Count == options.PopulationSize)
            {
                _population = Survival.Select([.. _population, .. _generation], options.PopulationSize, _selection);
                _generation.Clear();
            }
        }
    }

    private Genotype? Propose()
    {
        if (_memory.IsExhausted)
        {
            return null;
        }

        Random random = _memory.NextRandom();
        if (_population.Count == 0)
        {
            Genotype? extreme = options.SeedExtremes ? NewExtreme() : null;
            return extreme ?? _memory.DrawNew(random);
        }

        for (int attempt = 0; attempt < TriesForNewChild; attempt++)
        {
            if (_memory.AddNearest(_mating.Child(_population, random), random) is Genotype child)
            {
                return child;
            }
        }

        return _memory.DrawNew(random);
    }

    private Genotype? NewExtreme() =>
        _memory.TryAdd(problem.Space.Smallest) ? problem.Space.Smallest
        : _memory.TryAdd(problem.Space.Largest) ? problem.Space.Largest
        : null;
}
