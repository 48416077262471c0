using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

/// <summary>What published search programs got wrong, held against every algorithm of the registry under its default settings.</summary>
[Parallelizable]
internal sealed class EveryAlgorithmTests
{
    private static IEnumerable<string> Names => SearchAlgorithmRegistry.Default.All.Select(kind => kind.Name);

    // Several generations of each; those with surrogates learn from a few dozen, and "auto" has changed to another by its end.
    private static int Budget(string name) => name switch { "bo" => 150, "auto" => 250, _ => 300 };

    [TestCaseSource(nameof(Names))]
    public void Search_UnderALimit_EvaluatesNothingTwiceAndMasksWhatDoesNotMatter(string name)
    {
        SearchProblem problem = SyntheticProblem.Create(2, maxLatencyMs: 3);
        Genotype[] proposed = [.. SearchRuns.Run(problem, name, 3, Budget(name)).Select(evaluation => evaluation.Genotype)];
        Assert.That(proposed, Has.Length.EqualTo(Budget(name)));
        Assert.That(proposed, Is.Unique);
        Assert.That(proposed.Select(genotype => problem.Space.Canonical(genotype.Choices.AsSpan())), Is.EqualTo(proposed));
    }

    [TestCaseSource(nameof(Names))]
    public void Search_MetricsInAnotherOrder_ProposesTheSame(string name)
    {
        SearchProblem problem = SyntheticProblem.Create(3);
        IEnumerable<Genotype> turned = SearchRuns.Run(problem, name, 5, Budget(name), evaluate: (_, genotypes) => [.. genotypes.Select(genotype => Turned(SyntheticProblem.Evaluate(problem, genotype)))]).Select(evaluation => evaluation.Genotype);
        Assert.That(turned, Is.EqualTo(SearchRuns.Run(problem, name, 5, Budget(name)).Select(evaluation => evaluation.Genotype)));
    }

    [Test]
    public void Costs_ObjectivesInAnotherOrder_FollowTheObjectives()
    {
        SearchProblem problem = SyntheticProblem.Create(1);
        Evaluation evaluation = SyntheticProblem.Evaluate(problem, problem.Space.Largest);
        SearchProblem turned = problem with { Objectives = [.. problem.Objectives.Reverse()] };
        Assert.That(turned.Costs(evaluation), Is.EqualTo(problem.Costs(evaluation).Reverse()));
    }

    private static Evaluation Turned(Evaluation evaluation) =>
        evaluation with { Metrics = new MetricSet([.. evaluation.Metrics.Reverse(), KeyValuePair.Create("zz-unused", 1.0), KeyValuePair.Create("aa-unused", 2.0)]) };
}
