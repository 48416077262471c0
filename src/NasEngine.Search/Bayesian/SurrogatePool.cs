using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search.NsgaII;
using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Bayesian;

/// <summary>The architectures among which a surrogate chooses, with their features computed once.</summary>
internal sealed class SurrogatePool
{
    private const int Rounds = 3;
    private const int RoundSize = 800;
    private const int Parents = 80;
    private const int Tries = 6;

    private readonly SearchProblem _problem;
    private readonly List<Genotype> _genotypes = [];
    private readonly Dictionary<Genotype, int> _places = [];
    private readonly Mating _mating;
    private int _observed;
    private int _permanent;

    public SurrogatePool(SearchProblem problem, int mostClosed)
    {
        _problem = problem;
        _mating = new Mating(problem.Space, new NsgaIIOptions());
        Rows = new FeatureRows(new SurrogateFeatures(problem.Space));
        IsClosed = problem.Candidates is CandidateSet candidates ? candidates.All.Length <= mostClosed : problem.Space.Size <= mostClosed;
        if (IsClosed)
        {
            foreach (Genotype genotype in problem.Candidates?.All ?? SpaceEnumeration.All(problem.Space))
            {
                RowOf(genotype);
            }

            Members = [.. Enumerable.Range(0, _genotypes.Count)];
        }
    }

    /// <summary>Gets whether the pool is everything that may be proposed.</summary>
    public bool IsClosed { get; }

    /// <summary>Gets the rows of a closed pool.</summary>
    public int[] Members { get; } = [];

    /// <summary>Gets the features.</summary>
    public FeatureRows Rows { get; }

    /// <summary>Gives the architecture of a row.</summary>
    public Genotype GenotypeOf(int row) => _genotypes[row];

    /// <summary>Gives the row of an architecture, which gets one if it has none.</summary>
    public int RowOf(Genotype genotype)
    {
        if (!_places.TryGetValue(genotype, out int row))
        {
            row = _genotypes.Count;
            _places[genotype] = row;
            _genotypes.Add(genotype);
            Rows.Add(genotype);
        }

        return row;
    }

    /// <summary>Gives rows to all that is known; rows of other architectures of an open pool are forgotten.</summary>
    public void Observe(IReadOnlyList<Evaluation> learned)
    {
        if (!IsClosed)
        {
            foreach (Genotype genotype in _genotypes.Skip(_permanent))
            {
                _places.Remove(genotype);
            }

            _genotypes.RemoveRange(_permanent, _genotypes.Count - _permanent);
            Rows.Truncate(_permanent);
        }

        for (; _observed < learned.Count; _observed++)
        {
            RowOf(learned[_observed].Genotype);
        }

        _permanent = _genotypes.Count;
    }

    /// <summary>Looks in an open pool for architectures with high scores.</summary>
    /// <param name="learned">What is known.</param>
    /// <param name="random">Decides the draws.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="score">Gives the score of every row.</param>
    /// <returns>Rows, none of them known.</returns>
    public int[] Evolve(IReadOnlyList<Evaluation> learned, Random random, int most, Func<int[], double[]> score)
    {
        List<Individual> elite = Survival.Select([.. learned.Select(evaluation => new Individual(evaluation.Genotype, _problem.Costs(evaluation), _problem.Violation(evaluation)))], Parents);
        if (_problem.Candidates is CandidateSet candidates)
        {
            return Nearest(candidates, elite, random);
        }

        List<(int Row, double Score)> found = [];
        HashSet<Genotype> seen = [.. learned.Select(evaluation => evaluation.Genotype)];
        for (int round = 0; round < Rounds; round++)
        {
            int[] rows = [.. Offspring(elite, seen, random, round == 0 ? RoundSize / 4 : RoundSize / 16).Select(RowOf)];
            double[] scores = score(rows);
            found.AddRange(rows.Zip(scores));
            found = [.. found.OrderByDescending(pair => pair.Score).Take(most)];
            elite = [.. found.Take(Parents).Select((pair, place) => new Individual(_genotypes[pair.Row], [], 0) { Rank = place })];
        }

        return [.. found.Select(pair => pair.Row)];
    }

    // Drawn ones, neighbours that differ in one gene, and children of two, none seen before.
    private List<Genotype> Offspring(List<Individual> parents, HashSet<Genotype> seen, Random random, int drawn)
    {
        List<Genotype> offspring = [];
        for (int attempt = 0; attempt < Tries * RoundSize && offspring.Count < RoundSize; attempt++)
        {
            Genotype genotype = attempt < drawn ? _problem.Space.Sample(random)
                : attempt % 2 == 0 ? Neighbour(parents[Math.Min(random.Next(parents.Count), random.Next(parents.Count))].Genotype, random)
                : _mating.Child(parents, random);
            if (seen.Add(genotype))
            {
                offspring.Add(genotype);
            }
        }

        return offspring;
    }

    private Genotype Neighbour(Genotype genotype, Random random)
    {
        byte[] choices = [.. genotype.Choices];
        int[] free = [.. Enumerable.Range(0, choices.Length).Where(gene => _problem.Space.Genes[gene].Choices.Length > 1 && _problem.Space.IsActive(genotype, gene))];
        if (free.Length > 0)
        {
            int gene = free[random.Next(free.Length)];
            int other = random.Next(_problem.Space.Genes[gene].Choices.Length - 1);
            choices[gene] = (byte)(other >= choices[gene] ? other + 1 : other);
        }

        return _problem.Space.Canonical(choices);
    }

    // Of a closed set too large to be scored whole: those that differ least from the best known, and a draw of the others.
    private int[] Nearest(CandidateSet candidates, List<Individual> elite, Random random)
    {
        HashSet<Genotype> known = [.. _genotypes.Take(_permanent)];
        Genotype[] free = [.. candidates.All.Where(candidate => !known.Contains(candidate))];
        random.Shuffle(free);
        int near = Math.Min(free.Length, Rounds * RoundSize * 3 / 4);
        int rest = Math.Min(free.Length - near, Rounds * RoundSize / 4);
        Genotype[] ordered = [.. free.OrderBy(candidate => elite.Min(member => Distance(candidate, member.Genotype)))];
        return [.. ordered.Take(near).Concat(ordered.Skip(near).Where((_, index) => index % Math.Max(1, (ordered.Length - near) / Math.Max(1, rest)) == 0).Take(rest)).Select(RowOf)];
    }

    private static int Distance(Genotype first, Genotype second)
    {
        int distance = 0;
        for (int gene = 0; gene < first.Choices.Length; gene++)
        {
            distance += first.Choices[gene] == second.Choices[gene] ? 0 : 1;
        }

        return distance;
    }
}
