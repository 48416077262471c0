using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.NsgaIII;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class NsgaIIITests : SearchAlgorithmContract
{
    private static readonly MetricKey Size = new("parameters");

    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) =>
        SearchAlgorithmRegistry.Default.Create("nsga-iii", problem, seed, new NsgaIIIOptions { PopulationSize = 50 });

    [TestCase(1)]
    [TestCase(2)]
    public void Search_ThreeObjectives_BeatsRandomWithThreeTimesAsManyEvaluations(long seed)
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        problem = problem with { Objectives = [.. problem.Objectives, new Objective(Size, Goal.Minimize)] };
        Assert.That(Volume(problem, "nsga-iii", seed, 800), Is.GreaterThan(Volume(problem, "random", seed, 2400)));
    }

    [Test]
    public void Select_OneNearEachAxisAndACrowd_KeepsTheAxesAndThinsTheCrowd()
    {
        Assessed[] pool =
        [
            Point(0, 1, 0, 0), Point(1, 0, 1, 0), Point(2, 0, 0, 1),
            .. Enumerable.Range(3, 10).Select(index => Point(index, 0.333 + (index * 0.0001), 0.333, 0.334 - (index * 0.0001))),
        ];
        (Assessed[] survivors, int[] ranks) = new NicheSurvival(3, 6).Select(pool, new Random(1));
        Assert.That(survivors.Take(6).Select(survivor => survivor.Genotype.Choices[0]), Is.SupersetOf(new byte[] { 0, 1, 2 }));
        Assert.That(ranks, Has.All.Zero);
    }

    [Test]
    public void Select_FeasibleAndNot_KeepsTheFeasibleThenTheNearest()
    {
        Assessed[] pool = [new(new Genotype([0]), [0, 0, 0], 2.0), Point(1, 9, 9, 9), new(new Genotype([2]), [0, 0, 0], 0.5), Point(3, 8, 9, 9)];
        (Assessed[] survivors, int[] ranks) = new NicheSurvival(3, 3).Select(pool, new Random(1));
        Assert.That(survivors.Select(survivor => survivor.Genotype.ToString()), Is.EqualTo(new[] { "3", "1", "2" }));
        Assert.That(ranks, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Apply_APlaneWithOtherScales_GivesTheUnitPlane()
    {
        double[][] costs = [.. new double[][] { [1, 0, 0], [0, 1, 0], [0, 0, 1], [0.2, 0.3, 0.5] }.Select(row => new[] { 5 + (row[0] * 2), (row[1] * 300) - 7, row[2] / 1000 })];
        double[][] normalised = new CostNormalisation(3).Apply(costs, [true, true, true, true]);
        Assert.That(normalised[3], Is.EqualTo(new[] { 0.2, 0.3, 0.5 }).Within(1e-9));
    }

    [Test]
    public void Apply_AFrontWithoutWidth_StaysFinite()
    {
        double[][] normalised = new CostNormalisation(3).Apply([[1, 2, 3], [1, 2, 3]], [true, true]);
        Assert.That(normalised.SelectMany(row => row), Has.All.Matches<double>(double.IsFinite));
    }

    private static Assessed Point(int name, params double[] costs) => new(new Genotype([(byte)name]), costs, 0);

    private static double Volume(SearchProblem problem, string algorithm, long seed, int budget) =>
        HypervolumeHistory.Compute(problem, SearchRuns.Run(problem, algorithm, seed, budget, evaluate: Evaluate), [0, 30, 30]).Points[^1].Hypervolume;

    // The third objective rewards narrow networks, whatever their kernels.
    private static IReadOnlyList<Evaluation> Evaluate(SearchProblem problem, IEnumerable<Genotype> genotypes) =>
        [.. genotypes.Select(genotype => SyntheticProblem.Evaluate(problem, genotype) is Evaluation two
            ? two with { Metrics = two.Metrics.With(new MetricSet((Size.ToString(), genotype.Choices.TakeLast(12).Sum(choice => choice)))) } : null!)];
}
