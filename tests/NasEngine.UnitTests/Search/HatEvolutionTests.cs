using NasEngine.Core.Errors;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.HatEvolution;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

[Parallelizable]
internal sealed class HatEvolutionTests : SearchAlgorithmContract
{
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) =>
        SearchAlgorithmRegistry.Default.Create("hat-evolution", problem, seed, new HatEvolutionOptions { Parents = 50, Mutants = 25, Crossovers = 25 });

    [Test]
    public void Options_Defaults_AreThePublishedOnes()
    {
        HatEvolutionOptions options = new();
        Assert.That((options.PopulationSize, options.Parents, options.Mutants, options.Crossovers, options.MutationProbability), Is.EqualTo((125, 25, 50, 50, 0.3)));
        Assert.That(options.GenerationSize, Is.EqualTo(25));
    }

    [Test]
    public void Search_WithAnEstimator_EvaluatesNothingBeyondTheLimit()
    {
        SearchProblem problem = Estimated(SyntheticProblem.Create(4, maxLatencyMs: 3));
        List<Evaluation> evaluations = SearchRuns.Run(problem, "hat-evolution", 5, 600);
        Assert.That(evaluations, Has.Count.EqualTo(600));
        Assert.That(evaluations.Select(problem.Violation), Has.All.Zero);
    }

    [Test]
    public void Search_ChildrenOfTheLastGeneration_AreEvaluatedAndCanBecomeParents()
    {
        SearchProblem problem = SyntheticProblem.Create(4) is SearchProblem both ? both with { Objectives = [both.Objectives[0]] } : null!;
        List<Evaluation> evaluations = SearchRuns.Run(problem, "hat-evolution", 5, 125 + 200, new HatEvolutionOptions { SeedExtremes = false });
        double[] best = [.. new[] { evaluations[..125], evaluations[125..225], evaluations[225..] }.Select(generation => generation.Min(evaluation => problem.Costs(evaluation)[0]))];
        Assert.That(best, Is.Ordered.Descending);
        Assert.That(evaluations.Select(evaluation => evaluation.Genotype), Is.Unique);
    }

    [TestCase("aging-evolution")]
    [TestCase("hat-evolution")]
    [TestCase("local-search")]
    [TestCase("nsga-ii")]
    [TestCase("nsga-iii")]
    [TestCase("random")]
    [TestCase("successive-halving")]
    public void Search_EstimatedLimitNothingMeets_EndsAndNamesTheClosest(string algorithm)
    {
        SearchProblem impossible = Estimated(SyntheticProblem.Create(4, maxLatencyMs: 0.5));
        InfeasibleConstraintException? problem = Assert.Throws<InfeasibleConstraintException>(() => SearchRuns.Run(impossible, algorithm, 1, 100));
        double smallest = SyntheticProblem.Evaluate(impossible, impossible.Space.Smallest).Metrics["latency@local"];
        Assert.That(problem!.Closest, Does.Contain($"{smallest:0.##}"));
    }

    [TestCase("aging-evolution")]
    [TestCase("hat-evolution")]
    [TestCase("local-search")]
    [TestCase("nsga-ii")]
    [TestCase("nsga-iii")]
    [TestCase("random")]
    [TestCase("successive-halving")]
    public void Search_EstimatedLimitFewMeet_FindsThemAndEnds(string algorithm)
    {
        SearchProblem large = SyntheticProblem.Create(4);
        double smallest = SyntheticProblem.Evaluate(large, large.Space.Smallest).Metrics["latency@local"];
        SearchProblem tight = Estimated(SyntheticProblem.Create(4, maxLatencyMs: smallest + 0.21));
        List<Evaluation> evaluations = SearchRuns.Run(tight, algorithm, 1, 5000);
        Assert.That(evaluations.Select(tight.Violation), Has.All.Zero);
        Assert.That(evaluations, Has.Count.InRange(5, 100));
        Assert.That(evaluations.Select(evaluation => evaluation.Genotype), Does.Contain(large.Space.Smallest));
    }

    [Test]
    public void Ask_CandidatesAndEstimator_ProposesTheFeasibleOnesOnly()
    {
        SearchProblem problem = SyntheticProblem.Create(1, maxLatencyMs: 1.2);
        CandidateSet candidates = new(SpaceEnumeration.All(problem.Space).Where((_, index) => index % 3 == 0));
        Genotype[] feasible = [.. candidates.All.Where(genotype => problem.Violation(SyntheticProblem.Evaluate(problem, genotype)) == 0)];
        List<Evaluation> evaluations = SearchRuns.Run(Estimated(problem) with { Candidates = candidates }, "hat-evolution", 1, int.MaxValue);
        Assert.That(evaluations.Select(evaluation => evaluation.Genotype), Is.EquivalentTo(feasible));
    }

    private static SearchProblem Estimated(SearchProblem problem) => problem with { Estimator = new SyntheticEstimator(problem) };
}
