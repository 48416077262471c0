using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Numerics.Pareto;
using NasEngine.Search;
using NasEngine.Search.NsgaII;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class NsgaIITests : SearchAlgorithmContract
{
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) =>
        SearchAlgorithmRegistry.Default.Create("nsga-ii", problem, seed, new NsgaIIOptions { PopulationSize = 50 });

    [Test]
    public void Ask_First_ProposesTheExtremes()
    {
        SearchProblem problem = SyntheticProblem.Create(3);
        Assert.That(Create(problem, 1).Ask(2), Is.EqualTo(new[] { problem.Space.Smallest, problem.Space.Largest }));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Search_LargeSpace_BeatsThreeTimesAsManyRandomDraws(long seed)
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        Assert.That(FinalHypervolume(problem, "nsga-ii", seed, 800), Is.GreaterThan(FinalHypervolume(problem, "random", seed, 2400)));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Search_UnderALimit_BeatsRandomInHypervolume(long seed)
    {
        SearchProblem problem = SyntheticProblem.Create(4, maxLatencyMs: 4);
        Assert.That(FinalHypervolume(problem, "nsga-ii", seed, 1500), Is.GreaterThan(FinalHypervolume(problem, "random", seed, 1500)));
    }

    [Test]
    public void Search_TinySpace_FindsTheExactFrontBeforeItsEnd()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        HashSet<Genotype> exact = Front(problem, SyntheticProblem.EvaluateAll(problem, SpaceEnumeration.All(problem.Space)));
        HashSet<Genotype> found = Front(problem, Run(problem, "nsga-ii", 7, 600, 40));
        Assert.That(found, Is.EquivalentTo(exact));
        Assert.That(exact, Has.Count.GreaterThan(5));
    }

    [Test]
    public void Search_TightLimit_ReachesTheFeasiblePart()
    {
        SearchProblem problem = SyntheticProblem.Create(4, maxLatencyMs: 3);
        IReadOnlyList<Evaluation> evaluations = Run(problem, "nsga-ii", 3, 1000);
        Assert.That(evaluations.Skip(800).Count(evaluation => problem.Violation(evaluation) == 0), Is.GreaterThan(100));
    }

    [Test]
    public void Select_FeasibleAndNot_KeepsTheFeasibleThenTheNearest()
    {
        Individual[] pool =
        [
            new(new Genotype([0]), [0, 0], 2.0), new(new Genotype([1]), [9, 9], 0), new(new Genotype([2]), [0, 0], 0.5), new(new Genotype([3]), [8, 9], 0),
        ];
        Assert.That(Survival.Select(pool, 3).Select(survivor => survivor.Genotype.ToString()), Is.EqualTo(new[] { "3", "1", "2" }));
    }

    [Test]
    public void Select_CrowdedFront_KeepsItsEnds()
    {
        Individual[] pool = [.. new double[] { 0, 1, 1.1, 1.2, 10 }.Select((x, index) => new Individual(new Genotype([(byte)index]), [x, -x], 0))];
        Assert.That(Survival.Select(pool, 3).Select(survivor => survivor.Costs[0]), Is.EquivalentTo(new[] { 0, 1.2, 10 }));
    }

    [Test]
    public void Child_InactiveInBothParents_DrawsWakingGenesAtRandom()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        Mating mating = new(problem.Space, new NsgaIIOptions { MutationProbability = 1 });
        Random random = new(5);
        List<Individual> parents = [new(problem.Space.Smallest, [0, 0], 0)];
        HashSet<byte> kernels = [.. Enumerable.Range(0, 300).Select(_ => mating.Child(parents, random)).Where(child => child.Choices[0] == 2).Select(child => child.Choices[3])];
        Assert.That(kernels, Is.EquivalentTo(new byte[] { 0, 1, 2 }));
    }

    [TestCase(3, 0.9)]
    [TestCase(100, 1.1)]
    public void Create_OptionsOutOfRange_Throws(int populationSize, double crossover)
    {
        NsgaIIOptions options = new() { PopulationSize = populationSize, CrossoverProbability = crossover };
        Assert.That(() => SearchAlgorithmRegistry.Default.Create("nsga-ii", SyntheticProblem.Create(1), 1, options), Throws.ArgumentException);
    }

    private static double FinalHypervolume(SearchProblem problem, string algorithm, long seed, int budget)
    {
        IReadOnlyList<Evaluation> evaluations = Run(problem, algorithm, seed, budget);
        return HypervolumeHistory.Compute(problem, evaluations, [0, 30]).Points[^1].Hypervolume;
    }

    private static List<Evaluation> Run(SearchProblem problem, string name, long seed, int budget, int populationSize = 100)
    {
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create(name, problem, seed, name == "random" ? null : new NsgaIIOptions { PopulationSize = populationSize });
        List<Evaluation> evaluations = [];
        while (evaluations.Count < budget && algorithm.Ask(Math.Min(populationSize, budget - evaluations.Count)) is { Count: > 0 } proposals)
        {
            IReadOnlyList<Evaluation> generation = SyntheticProblem.EvaluateAll(problem, proposals);
            algorithm.Tell(generation);
            evaluations.AddRange(generation);
        }

        return evaluations;
    }

    private static HashSet<Genotype> Front(SearchProblem problem, IReadOnlyList<Evaluation> evaluations)
    {
        int[] ranks = new int[evaluations.Count];
        ParetoSort.AssignRanks([.. evaluations.SelectMany(problem.Costs)], 2, ranks);
        return [.. evaluations.Where((_, index) => ranks[index] == 0).Select(evaluation => evaluation.Genotype)];
    }
}
