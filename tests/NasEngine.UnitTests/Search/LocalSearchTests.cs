using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.LocalSearch;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class LocalSearchTests : SearchAlgorithmContract
{
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) =>
        SearchAlgorithmRegistry.Default.Create("local-search", problem, seed, new LocalSearchOptions { Portion = 50 });

    [TestCase(false)]
    [TestCase(true)]
    public void Search_OneObjective_ReachesTheOptimumOfASeparableProblem(bool bestImprovement)
    {
        SearchProblem problem = SyntheticProblem.Create(3) is SearchProblem both ? both with { Objectives = [both.Objectives[0]] } : null!;
        List<Evaluation> evaluations = SearchRuns.Run(problem, "local-search", 4, 1500, new LocalSearchOptions { BestImprovement = bestImprovement, SeedExtremes = false });
        Assert.That(evaluations.MinBy(evaluation => problem.Costs(evaluation)[0])!.Genotype, Is.EqualTo(problem.Space.Largest));
    }

    [Test]
    public void Ask_AfterAStart_ProposesItsNeighboursFirst()
    {
        SearchProblem problem = SyntheticProblem.Create(2) is SearchProblem both ? both with { Objectives = [both.Objectives[0]] } : null!;
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create("local-search", problem, 9, new LocalSearchOptions { Portion = 1, SeedExtremes = false, BestImprovement = true });
        Genotype start = algorithm.Ask(1)[0];
        algorithm.Tell([SyntheticProblem.Evaluate(problem, start)]);
        Genotype[] neighbours = [.. Neighbourhood.Of(problem.Space, start)];
        Assert.That(algorithm.Ask(neighbours.Length), Is.EquivalentTo(neighbours));
    }

    [Test]
    public void Search_AClimbAtItsEnd_StartsAnewAndUsesWhatItKnows()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        List<Evaluation> evaluations = SearchRuns.Run(problem, "local-search", 2, int.MaxValue, new LocalSearchOptions { Portion = 3 });
        Assert.That(evaluations.Select(evaluation => evaluation.Genotype), Is.Unique);
        Assert.That(evaluations, Has.Count.EqualTo((int)problem.Space.Size));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Search_LargeSpace_BeatsRandomWithThreeTimesAsManyEvaluations(long seed) =>
        Assert.That(SearchRuns.Hypervolume(SyntheticProblem.Create(4), "local-search", seed, 800), Is.GreaterThan(SearchRuns.Hypervolume(SyntheticProblem.Create(4), "random", seed, 2400)));

    [Test]
    public void Of_AShallowNetwork_DeeperNeighboursCopyTheBlockBefore()
    {
        SearchSpace space = SyntheticProblem.Create(1).Space;
        Genotype shallow = space.Canonical([0, 2, 0, 0, 1, 0, 0]);
        Genotype[] deeper = [.. Neighbourhood.Of(space, shallow).Where(neighbour => neighbour.Choices[0] > 0)];
        Assert.That(deeper.Select(neighbour => neighbour.ToString()), Is.EqualTo(new[] { "1.2.2.0.1.1.0", "2.2.2.2.1.1.1" }));
    }
}
