using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search.AgingEvolution;

/// <summary>Aging, or regularised, evolution. Real, Aggarwal, Huang, Le: Regularized Evolution for Image Classifier Architecture Search, 2019.</summary>
/// <remarks>
/// A parent is the best of a sample of the population, a child differs from it in one gene, and the oldest member dies for every new one, however
/// good it is. Best is what <see cref="ConstrainedRanking"/> puts first: within the limits before beyond them, then by front, then by crowding.
/// </remarks>
internal sealed class AgingEvolutionAlgorithm(SearchProblem problem, AgingEvolutionOptions options, long seed) : GenerationalSearch(problem, seed)
{
    // Children that are known already are common once a neighbourhood is explored: then chance takes over.
    private const int TriesForNewChild = 50;

    private readonly GeneOperators _operators = new(problem.Space);
    private readonly Queue<Assessed> _living = [];
    private Assessed[] _population = [];
    private int[] _places = [];

    protected override int GenerationLength => options.Portion;

    protected override Genotype? Propose(Random random)
    {
        if (_living.Count < options.PopulationSize)
        {
            return (options.SeedExtremes ? NewExtreme() : null) ?? Memory.DrawNew(random);
        }

        for (int attempt = 0; attempt < TriesForNewChild; attempt++)
        {
            byte[] choices = [.. Tournament(random).Choices];
            _operators.MutateOne(choices, random);
            if (Memory.AddNearest(Problem.Space.Canonical(choices), random) is Genotype child)
            {
                return child;
            }
        }

        return Memory.DrawNew(random);
    }

    protected override void EndGeneration(IReadOnlyList<Assessed> generation)
    {
        foreach (Assessed born in generation)
        {
            _living.Enqueue(born);
            if (_living.Count > options.PopulationSize)
            {
                _living.Dequeue();
            }
        }

        _population = [.. _living];
        _places = ConstrainedRanking.Places(_population);
    }

    private Genotype Tournament(Random random)
    {
        int winner = random.Next(_population.Length);
        for (int rival = 1; rival < options.SampleSize; rival++)
        {
            int other = random.Next(_population.Length);
            winner = _places[other] < _places[winner] ? other : winner;
        }

        return _population[winner].Genotype;
    }
}
