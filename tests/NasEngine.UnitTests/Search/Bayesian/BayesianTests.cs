using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.Bayesian;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search.Bayesian;

[Parallelizable]
internal sealed class BayesianTests : SearchAlgorithmContract
{
    // Small surrogates: what the contract asks for does not depend on how good they are.
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) =>
        SearchAlgorithmRegistry.Default.Create("bo", problem, seed, new BayesianOptions { BatchSize = 50, TrainingSize = 40, PoolSize = 1000 });

    // Six batches, of which five come from the surrogates.
    protected override int Many => 300;

    [TestCase(1)]
    [TestCase(2)]
    public void Search_AHundredEvaluations_BeatsFourTimesAsManyRandomDraws(long seed)
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        Assert.That(SearchRuns.Hypervolume(problem, "bo", seed, 100), Is.GreaterThan(SearchRuns.Hypervolume(problem, "random", seed, 400)));
    }

    [Test]
    public void Search_OneObjectiveUnderALimit_FindsTheBestOfASmallSpace()
    {
        SearchProblem two = SyntheticProblem.Create(1, maxLatencyMs: 2.2);
        SearchProblem one = two with { Objectives = [two.Objectives[0]] };
        double best = SyntheticProblem.EvaluateAll(one, SpaceEnumeration.All(one.Space)).Where(evaluation => one.Violation(evaluation) == 0).Min(evaluation => one.Costs(evaluation)[0]);
        double found = SearchRuns.Run(one, "bo", 3, 60).Where(evaluation => one.Violation(evaluation) == 0).Min(evaluation => one.Costs(evaluation)[0]);
        Assert.That(found, Is.EqualTo(best));
    }

    [Test]
    public void Search_TinySpace_FindsTheExactFrontInAnEighthOfIt()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        double exact = HypervolumeHistory.Compute(problem, SyntheticProblem.EvaluateAll(problem, SpaceEnumeration.All(problem.Space)), SearchRuns.Reference).Points[^1].Hypervolume;
        Assert.That(SearchRuns.Hypervolume(problem, "bo", 5, 100), Is.GreaterThan(0.999 * exact));
    }

    [Test]
    public void Search_ThreeObjectives_Goes_On()
    {
        SearchProblem two = SyntheticProblem.Create(1);
        SearchProblem three = two with { Objectives = [.. two.Objectives, new Objective(SyntheticProblem.Latency, Goal.Maximize)] };
        Assert.That(SearchRuns.Run(three, "bo", 1, 60), Has.Count.EqualTo(60));
    }

    [Test]
    public void Ask_WhileProposalsAreOut_LooksElsewhere()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create("bo", problem, 1);
        algorithm.Tell(SyntheticProblem.EvaluateAll(problem, algorithm.Ask(20)));
        Genotype[] proposed = [.. Enumerable.Range(0, 30).Select(_ => algorithm.Ask(1)[0])];
        Assert.That(proposed, Is.Unique);
    }

    [Test]
    public void Create_OptionsOutOfRange_Throws() => Assert.That(
        () => SearchAlgorithmRegistry.Default.Create("bo", SyntheticProblem.Create(1), 1, new BayesianOptions { BatchSize = 0 }), Throws.ArgumentException);
}
