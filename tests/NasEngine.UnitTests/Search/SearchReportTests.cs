using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;
using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Numerics.Pareto;
using NasEngine.Search;
using NasEngine.Search.NsgaII;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class SearchReportTests
{
    private static readonly SearchProblem Problem = SyntheticProblem.Create(3, maxLatencyMs: 6);

    [Test]
    public void Compute_TwoObjectives_EqualsHypervolumeOfEachPrefix()
    {
        Evaluation[] evaluations = [.. SearchAlgorithmRegistry.Default.Create("random", Problem, 2).Ask(200).Select(genotype => SyntheticProblem.Evaluate(Problem, genotype))];
        HypervolumeHistory history = HypervolumeHistory.Compute(Problem, evaluations);
        double[] plain = [.. Enumerable.Range(1, 200).Select(count => Hypervolume.Compute(
            [.. evaluations.Take(count).Where(evaluation => Problem.Violation(evaluation) == 0).SelectMany(Problem.Costs)], [.. history.Reference]))];
        Assert.That(history.Points.Select(point => point.Hypervolume), Is.EqualTo(plain).Within(1e-9));
        Assert.That(history.Points.Select(point => point.Hypervolume), Is.Ordered);
        Assert.That(history.Points.Select(point => point.Share), Has.All.InRange(0, 1));
        Assert.That(history.Points[^1].Share, Is.GreaterThan(0.3));
    }

    [Test]
    public void Compute_OneObjective_IsTheDistanceFromTheReference()
    {
        SearchProblem single = Problem with { Objectives = [Problem.Objectives[1]], Constraints = [] };
        Evaluation[] evaluations = [.. new[] { 5.0, 7, 2 }.Select(value => new Evaluation(Problem.Space.Smallest, new MetricSet(("latency@local", value))))];
        HypervolumeHistory history = HypervolumeHistory.Compute(single, evaluations, [10]);
        Assert.That(history.Points.Select(point => point.Hypervolume), Is.EqualTo(new[] { 5.0, 5, 8 }));
    }

    [Test]
    public void Compute_NothingFeasible_IsZero()
    {
        SearchProblem impossible = SyntheticProblem.Create(1, maxLatencyMs: 0.01);
        HypervolumeHistory history = HypervolumeHistory.Compute(impossible, [SyntheticProblem.Evaluate(impossible, impossible.Space.Largest)]);
        Assert.That(history.Points, Is.EqualTo(new[] { new HypervolumePoint(1, 0, 0) }));
    }

    [Test]
    public void Find_NothingFeasible_NamesTheFastestSeen()
    {
        SearchProblem impossible = SyntheticProblem.Create(1, maxLatencyMs: 0.5);
        Evaluation[] evaluations = [SyntheticProblem.Evaluate(impossible, impossible.Space.Largest), SyntheticProblem.Evaluate(impossible, impossible.Space.Smallest)];
        Assert.That(Infeasibility.Find(impossible, evaluations)?.Message, Is.EqualTo(
            "No architecture of space 'synthetic-1' has latency@local at most 0.5 ms: the best of 2 examined reaches 0.69 ms (depth=1 kernel=3,-,- expand=2,-,-). "
            + "Relax the limit to at least 0.69 ms, or add smaller choices to the space."));
    }

    [Test]
    public void Find_LimitsMetOnlyOneAtATime_NamesBoth()
    {
        SearchProblem torn = SyntheticProblem.Create(1) with
        {
            Constraints = [new Constraint(SyntheticProblem.Latency, null, 1), new Constraint(SyntheticProblem.Accuracy, 0.6, null)],
        };
        Evaluation[] evaluations = [SyntheticProblem.Evaluate(torn, torn.Space.Largest), SyntheticProblem.Evaluate(torn, torn.Space.Smallest)];
        Assert.That(Infeasibility.Find(torn, evaluations)?.Constraint, Is.EqualTo("latency@local at most 1 ms and accuracy at least 60 %"));
    }

    [Test]
    public void Find_SomethingFeasible_IsNull() =>
        Assert.That(Infeasibility.Find(Problem, [SyntheticProblem.Evaluate(Problem, Problem.Space.Smallest), SyntheticProblem.Evaluate(Problem, Problem.Space.Largest)]), Is.Null);

    [Test]
    public void Create_UnknownName_ListsThoseThatExist() => Assert.That(
        () => SearchAlgorithmRegistry.Default.Create("genetic", Problem, 1),
        Throws.InstanceOf<UsageException>().With.Message.EqualTo("There is no search algorithm 'genetic'. Known: aging-evolution, auto, bo, hat-evolution, linas, local-search, nsga-ii, nsga-iii, random, successive-halving."));

    [Test]
    public void ReadOptions_OfNsgaII_ReadsEveryKey()
    {
        SearchAlgorithmOptions options = StrictJson.Read("x.json", Encoding.UTF8.GetBytes(
            """{ "populationSize": 20, "mutationProbability": 0.3, "crossoverProbability": 0.5, "seedExtremes": false }"""), SearchAlgorithmRegistry.Default.Find("nsga-ii").ReadOptions);
        Assert.That(options, Is.EqualTo(new NsgaIIOptions { PopulationSize = 20, MutationProbability = 0.3, CrossoverProbability = 0.5, SeedExtremes = false }));
    }

    [Test]
    public void ReadOptions_UnknownKey_NamesTheNearest() => Assert.That(
        () => StrictJson.Read("x.json", """{ "populationsize": 20 }"""u8.ToArray(), SearchAlgorithmRegistry.Default.Find("nsga-ii").ReadOptions),
        Throws.InstanceOf<InputFormatException>().With.Message.Contains("populationSize"));
}
