using NasEngine.Core.Randomness;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Testing.Search;

/// <summary>What every search algorithm keeps. Derive and give the algorithm.</summary>
public abstract class SearchAlgorithmContract
{
    private static readonly SearchProblem Tiny = SyntheticProblem.Create(1);
    private static readonly SearchProblem Large = SyntheticProblem.Create(4);

    private readonly Lazy<List<Genotype>> _uninterrupted;

    protected SearchAlgorithmContract() => _uninterrupted = new Lazy<List<Genotype>>(() => Run(Create(Large, 8), Large, 50, Many / 2));

    /// <summary>Gets how many proposals tell whether they are new: several times as many as an algorithm needs to learn from what it was told.</summary>
    protected virtual int Many => 1000;

    protected abstract ISearchAlgorithm Create(SearchProblem problem, long seed);

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1000)]
    public void Ask_SmallSpaceToItsEnd_ProposesEveryArchitectureOnce(int portion)
    {
        List<Genotype> proposed = Run(Create(Tiny, 3), Tiny, portion, int.MaxValue);
        Assert.That(proposed, Is.Unique);
        Assert.That(proposed, Has.Count.EqualTo((int)Tiny.Space.Size));
    }

    [Test]
    public void Ask_SmallSpaceWithoutTelling_ProposesEveryArchitectureOnce()
    {
        ISearchAlgorithm algorithm = Create(Tiny, 5);
        IReadOnlyList<Genotype> proposed = algorithm.Ask(5000);
        Assert.That(proposed, Is.Unique);
        Assert.That(proposed, Has.Count.EqualTo((int)Tiny.Space.Size));
        Assert.That(algorithm.Ask(1), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(40)]
    [TestCase(1000)]
    public void Ask_LargeSpace_ProposalsAreNewAndCanonical(int portion)
    {
        List<Genotype> proposed = Run(Create(Large, 1), Large, portion, Many);
        Assert.That(proposed, Has.Count.EqualTo(Many));
        Assert.That(proposed, Is.Unique);
        Assert.That(proposed, Is.EqualTo(proposed.Select(genotype => Large.Space.Canonical(genotype.Choices.AsSpan()))));
    }

    [Test]
    public void Ask_EqualCalls_GiveEqualProposals()
    {
        Assert.That(Run(Create(Large, 11), Large, 30, Many * 3 / 5), Is.EqualTo(Run(Create(Large, 11), Large, 30, Many * 3 / 5)));
    }

    [Test]
    public void Ask_OtherSeed_GivesOtherProposals()
    {
        Assert.That(Run(Create(Large, 11), Large, 50, 100), Is.Not.EquivalentTo(Run(Create(Large, 12), Large, 50, 100)));
    }

    [TestCase(0.2)]
    [TestCase(0.274)]
    [TestCase(0.7)]
    public void Tell_StoredEvaluations_GoesOnAsUninterrupted(double share)
    {
        List<Genotype> uninterrupted = _uninterrupted.Value;
        int stored = (int)(uninterrupted.Count * share);
        ISearchAlgorithm resumed = Create(Large, 8);
        resumed.Tell(SyntheticProblem.EvaluateAll(Large, uninterrupted.Take(stored)));
        List<Genotype> rest = Run(resumed, Large, 50 - (stored % 50), 50 - (stored % 50));
        rest.AddRange(Run(resumed, Large, 50, uninterrupted.Count - stored - rest.Count));
        Assert.That(rest, Is.EqualTo(uninterrupted.Skip(stored)));
    }

    [Test]
    public void Ask_AfterTell_NeverProposesWhatWasTold()
    {
        Evaluation[] told = [.. Create(Tiny, 99).Ask(700).Select(genotype => SyntheticProblem.Evaluate(Tiny, genotype))];
        ISearchAlgorithm algorithm = Create(Tiny, 4);
        algorithm.Tell(told);
        List<Genotype> rest = Run(algorithm, Tiny, 20, int.MaxValue);
        Assert.That(rest, Is.Unique);
        Assert.That(rest.Intersect(told.Select(evaluation => evaluation.Genotype)), Is.Empty);
        Assert.That(rest, Has.Count.EqualTo((int)Tiny.Space.Size - 700));
    }

    [Test]
    public void Ask_NothingFeasible_StillEnds()
    {
        SearchProblem impossible = SyntheticProblem.Create(1, maxLatencyMs: 0.01);
        Assert.That(Run(Create(impossible, 2), impossible, 50, int.MaxValue), Has.Count.EqualTo((int)impossible.Space.Size));
    }

    [TestCase(1)]
    [TestCase(25)]
    public void Ask_OnlyCandidatesAllowed_ProposesEachOfThemOnce(int portion)
    {
        CandidateSet candidates = new(Enumerable.Range(0, 150).Select(seed => Large.Space.Sample(new SeedTree(seed).CreateRandom())));
        SearchProblem some = Large with { Candidates = candidates };
        Assert.That(Run(Create(some, 6), some, portion, int.MaxValue), Is.EquivalentTo(candidates.All));
    }

    [Test]
    public void Ask_CountBelowOne_Throws() => Assert.That(() => Create(Tiny, 1).Ask(0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Tell_MissingObjective_NamesIt() => Assert.That(
        () => Create(Tiny, 1).Tell([new Evaluation(Tiny.Space.Smallest, new MetricSet(("accuracy", 0.5)))]),
        Throws.ArgumentException.With.Message.Contains("latency@local"));

    [Test]
    public void Tell_NotCanonical_Throws() => Assert.That(
        () => Create(Tiny, 1).Tell([new Evaluation(new Genotype([0, 0, 2, 0, 0, 0, 0]), SyntheticProblem.Evaluate(Tiny, Tiny.Space.Smallest).Metrics)]),
        Throws.ArgumentException.With.Message.Contains("canonical"));

    private static List<Genotype> Run(ISearchAlgorithm algorithm, SearchProblem problem, int portion, int budget)
    {
        List<Genotype> proposed = [];
        while (proposed.Count < budget && algorithm.Ask(Math.Min(portion, budget - proposed.Count)) is { Count: > 0 } proposals)
        {
            algorithm.Tell(SyntheticProblem.EvaluateAll(problem, proposals));
            proposed.AddRange(proposals);
        }

        return proposed;
    }
}
