using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.AgingEvolution;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class AgingEvolutionTests : SearchAlgorithmContract
{
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) =>
        SearchAlgorithmRegistry.Default.Create("aging-evolution", problem, seed, new AgingEvolutionOptions { Portion = 50, PopulationSize = 50 });

    [Test]
    public void Ask_AFullPopulation_ChangesOneGeneOfALivingMember()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        ISearchAlgorithm algorithm = SearchAlgorithmRegistry.Default.Create("aging-evolution", problem, 3, new AgingEvolutionOptions { PopulationSize = 20, SampleSize = 5, Portion = 20 });
        IReadOnlyList<Genotype> oldest = algorithm.Ask(20);
        algorithm.Tell(SyntheticProblem.EvaluateAll(problem, oldest));
        IReadOnlyList<Genotype> youngest = algorithm.Ask(20);
        algorithm.Tell(SyntheticProblem.EvaluateAll(problem, youngest));
        Assert.That(youngest.Select(child => oldest.Min(parent => ChangedByChoice(problem.Space, parent, child))), Has.All.EqualTo(1));
        Assert.That(algorithm.Ask(20).Select(child => youngest.Min(parent => ChangedByChoice(problem.Space, parent, child))), Has.All.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Search_LargeSpace_BeatsRandomWithThreeTimesAsManyEvaluations(long seed) =>
        Assert.That(SearchRuns.Hypervolume(SyntheticProblem.Create(4), "aging-evolution", seed, 800), Is.GreaterThan(SearchRuns.Hypervolume(SyntheticProblem.Create(4), "random", seed, 2400)));

    [Test]
    public void Create_OptionsOutOfRange_Throws() => Assert.That(
        () => SearchAlgorithmRegistry.Default.Create("aging-evolution", SyntheticProblem.Create(1), 1, new AgingEvolutionOptions { SampleSize = 0 }), Throws.ArgumentException);

    // Genes that matter in both: what a changed depth wakes up or puts to sleep is no further change.
    private static int ChangedByChoice(SearchSpace space, Genotype parent, Genotype child) => Enumerable.Range(0, space.Genes.Length)
        .Count(gene => space.IsActive(parent, gene) && space.IsActive(child, gene) && parent.Choices[gene] != child.Choices[gene]);
}
