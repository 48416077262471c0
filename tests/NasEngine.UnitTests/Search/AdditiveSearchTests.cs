using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.Additive;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search;

internal sealed class AdditiveSearchTests
{
    private static readonly SearchSpace Space = SyntheticProblem.Create(1).Space;

    [Test]
    public void Solve_ConditionalGenes_EqualsTryingEveryArchitecture([Range(1, 20)] int seed)
    {
        (AdditiveTable scores, AdditiveTable costs, _) = Draw(Space, seed);
        double[] all = [.. SpaceEnumeration.All(Space).Select(costs.Sum)];
        double limit = all.Min() + ((all.Max() - all.Min()) * (seed - 1) / 20);
        AdditiveChoice choice = AdditiveSearch.Solve(scores, new AdditiveLimit("latency", costs, limit));
        Assert.That(choice.Score, Is.EqualTo(SpaceEnumeration.All(Space).Where(genotype => costs.Sum(genotype) <= limit).Min(scores.Sum)).Within(1e-9));
        Assert.That(choice.Costs, Is.EqualTo(new[] { costs.Sum(choice.Genotype) }));
        Assert.That(Space.Canonical(choice.Genotype.Choices.AsSpan()), Is.EqualTo(choice.Genotype));
    }

    [Test]
    public void Solve_TwoLimits_EqualsTryingEveryArchitecture([Range(1, 20)] int seed)
    {
        (AdditiveTable scores, AdditiveTable costs, AdditiveTable others) = Draw(Space, seed);
        double limit = SpaceEnumeration.All(Space).Select(costs.Sum).Order().ElementAt(200), other = SpaceEnumeration.All(Space).Select(others.Sum).Order().ElementAt(300);
        Genotype[] feasible = [.. SpaceEnumeration.All(Space).Where(genotype => costs.Sum(genotype) <= limit && others.Sum(genotype) <= other)];
        Assume.That(feasible, Is.Not.Empty);
        AdditiveChoice choice = AdditiveSearch.Solve(scores, new AdditiveLimit("latency", costs, limit), new AdditiveLimit("memory", others, other));
        Assert.That(choice.Score, Is.EqualTo(feasible.Min(scores.Sum)).Within(1e-9));
    }

    [Test]
    public void TradeOff_OneTable_AnswersEveryLimit()
    {
        SearchSpace large = SyntheticProblem.Create(3).Space;
        (AdditiveTable scores, AdditiveTable costs, _) = Draw(large, 5);
        IReadOnlyList<AdditiveChoice> all = AdditiveSearch.TradeOff(scores, new AdditiveLimit("latency", costs));
        foreach (AdditiveChoice step in all.Where((_, index) => index % Math.Max(1, all.Count / 10) == 0))
        {
            Assert.That(AdditiveSearch.Solve(scores, new AdditiveLimit("latency", costs, step.Costs[0])).Score, Is.EqualTo(step.Score).Within(1e-9));
        }
    }

    [Test]
    public void Solve_NothingWithinTheLimit_NamesTheCheapest()
    {
        (AdditiveTable scores, AdditiveTable costs, _) = Draw(Space, 1);
        double least = SpaceEnumeration.All(Space).Min(costs.Sum);
        Assert.That(() => AdditiveSearch.Solve(scores, new AdditiveLimit("latency", costs, least - 0.5)), Throws.TypeOf<InfeasibleConstraintException>().With.Message.Contains($"reaches latency {least:g6}"));
    }

    [Test]
    public void Solve_LimitsMetOnlyOneAtATime_NamesBoth()
    {
        (AdditiveTable scores, AdditiveTable costs, AdditiveTable others) = Draw(Space, 2);
        double limit = SpaceEnumeration.All(Space).Min(costs.Sum), other = SpaceEnumeration.All(Space).Min(others.Sum);
        Assert.That(() => AdditiveSearch.Solve(scores, new AdditiveLimit("latency", costs, limit + 1e-9), new AdditiveLimit("memory", others, other + 1e-9)),
            Throws.TypeOf<InfeasibleConstraintException>().With.Message.Contains("latency at most").And.Message.Contains("and memory at most"));
    }

    [Test]
    public void Estimate_AdditiveTableAsEstimator_KeepsSearchesWithinTheLimit()
    {
        SearchProblem problem = SyntheticProblem.Create(3);
        (_, AdditiveTable costs, _) = Draw(problem.Space, 4);
        MetricKey key = new("latency", "table");
        SearchProblem limited = problem with
        {
            Constraints = [new Constraint(key, null, costs.Sum(problem.Space.Smallest) + 5)],
            Estimator = new AdditiveEstimator(new Dictionary<MetricKey, AdditiveTable> { [key] = costs }),
        };
        List<Evaluation> evaluations = SearchRuns.Run(limited, "nsga-ii", 1, 300, evaluate: (_, genotypes) =>
            [.. genotypes.Select(genotype => SyntheticProblem.Evaluate(problem, genotype) is Evaluation known ? known with { Metrics = known.Metrics.With(new MetricSet((key.ToString(), costs.Sum(genotype)))) } : null!)]);
        Assert.That(evaluations, Has.Count.EqualTo(300));
        Assert.That(evaluations.Select(limited.Violation), Has.All.Zero);
    }

    [Test]
    public void Create_ValuesThatDoNotFit_NamesTheGene() => Assert.That(
        () => new AdditiveTable(Space, [.. Space.Genes.Select((gene, index) => index == 2 ? new double[1] : new double[gene.Choices.Length])]),
        Throws.ArgumentException.With.Message.Contains("kernel[1] needs 3 finite values"));

    private static (AdditiveTable Scores, AdditiveTable Costs, AdditiveTable Others) Draw(SearchSpace space, int seed)
    {
        Random random = new(seed);
        AdditiveTable Table(double constant) => new(space, [.. space.Genes.Select(gene => gene.Choices.Select(_ => Math.Round(random.NextDouble() * 10, 2)).ToArray())], constant);
        AdditiveTable costs = Table(3);
        AdditiveTable gains = Table(0);
        AdditiveTable scores = new(space, [.. space.Genes.Select((gene, index) => gene.Choices.Select((_, choice) => -gains[index, choice]).ToArray())], 100);
        return (scores, costs, Table(-2));
    }
}
