using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class RandomSearchTests : SearchAlgorithmContract
{
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) => SearchAlgorithmRegistry.Default.Create("random", problem, seed);

    [Test]
    public void Ask_ManyProposals_UsesEveryChoiceAboutEqually()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        IReadOnlyList<Genotype> proposals = Create(problem, 1).Ask(3000);
        int[] counts = [.. Enumerable.Range(0, 3).Select(choice => proposals.Count(genotype => genotype.Choices[4] == choice))];
        Assert.That(counts, Has.All.InRange(900, 1100));
    }

    [Test]
    public void Ask_WhateverThePortions_ProposesTheSame()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        ISearchAlgorithm single = Create(problem, 6);
        Assert.That(Enumerable.Range(0, 100).SelectMany(_ => single.Ask(1)), Is.EqualTo(Create(problem, 6).Ask(100)));
    }
}
