using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Search.Linas;
using NasEngine.Search.Surrogates;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Search.Linas;

[Parallelizable]
internal sealed class LinasTests : SearchAlgorithmContract
{
    protected override ISearchAlgorithm Create(SearchProblem problem, long seed) =>
        SearchAlgorithmRegistry.Default.Create("linas", problem, seed, new LinasOptions { InnerEvaluations = 400, TrainingSize = 60 });

    [TestCase(1)]
    [TestCase(2)]
    public void Search_TwoHundredEvaluations_BeatsFourTimesAsManyRandomDraws(long seed)
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        Assert.That(SearchRuns.Hypervolume(problem, "linas", seed, 200), Is.GreaterThan(SearchRuns.Hypervolume(problem, "random", seed, 800)));
    }

    [Test]
    public void Ask_AfterEachPopulation_DependsOnTheLastOneMeasured()
    {
        SearchProblem problem = SyntheticProblem.Create(4);
        ISearchAlgorithm plain = Create(problem, 5), bent = Create(problem, 5);
        for (int round = 0; round < 3; round++)
        {
            IReadOnlyList<Genotype> proposals = plain.Ask(50);
            Assert.That(bent.Ask(50), Is.EqualTo(proposals));
            plain.Tell(SyntheticProblem.EvaluateAll(problem, proposals));
            bent.Tell(round < 2 ? SyntheticProblem.EvaluateAll(problem, proposals) : [.. proposals.Select(genotype => Turned(problem, genotype))]);
        }

        Assert.That(bent.Ask(50), Is.Not.EqualTo(plain.Ask(50)));
    }

    [Test]
    public void Fit_AStraightLine_IsLinearAndExact()
    {
        (double[][] features, double[] targets) = Rows(static x => (2 * x[0]) - x[1] + 3);
        LightPredictor predictor = LightPredictor.Fit(features, targets);
        Assert.That(predictor.IsLinear);
        Assert.That(predictor.Predict([0.5, -0.5, 1]), Is.EqualTo(4.5).Within(0.01));
    }

    [Test]
    public void Fit_ACurve_IsNotLinearAndBetterThanItsSpread()
    {
        (double[][] features, double[] targets) = Rows(static x => Math.Sin(2 * x[0]) * x[1]);
        LightPredictor predictor = LightPredictor.Fit(features, targets);
        Assert.That(predictor.IsLinear, Is.False);
        Assert.That(predictor.LeftOutError, Is.LessThan(0.1));
    }

    [Test]
    public void LeftOutError_OfTheFormula_EqualsFittingWithoutEachRow()
    {
        (double[][] features, double[] targets) = Rows(static x => x[0] * x[1]);
        (features, targets) = (features[..20], targets[..20]);
        double mean = targets.Average();
        double[] errors = [.. Enumerable.Range(0, 20).Select(left =>
        {
            double[][] others = [.. features.Where((_, row) => row != left)];
            CholeskyFactor factor = LightPredictor.Factor(others, 0.2, 0.1);
            double[] alpha = [.. targets.Where((_, row) => row != left).Select(target => target - mean)];
            factor.SolveLower(alpha);
            factor.SolveUpper(alpha);
            return targets[left] - mean - others.Select((row, index) => alpha[index] * LightPredictor.Kernel(features[left], row, 0.2)).Sum();
        })];
        Assert.That(LightPredictor.Error(features, targets, 0.2, 0.1), Is.EqualTo(Math.Sqrt(errors.Average(error => error * error))).Within(1e-9));
    }

    [Test]
    public void Create_OptionsOutOfRange_Throws() => Assert.That(
        () => SearchAlgorithmRegistry.Default.Create("linas", SyntheticProblem.Create(1), 1, new LinasOptions { PopulationSize = 3 }), Throws.ArgumentException);

    private static Evaluation Turned(SearchProblem problem, Genotype genotype)
    {
        Evaluation evaluation = SyntheticProblem.Evaluate(problem, genotype);
        return evaluation with { Metrics = evaluation.Metrics.With(new MetricSet(("accuracy", 1 - evaluation.Metrics["accuracy"]))) };
    }

    private static (double[][] Features, double[] Targets) Rows(Func<double[], double> target)
    {
        Random random = new(1);
        double[][] features = [.. Enumerable.Range(0, 120).Select(_ => Enumerable.Range(0, 3).Select(_ => (3 * random.NextDouble()) - 1.5).ToArray())];
        return (features, [.. features.Select(target)]);
    }
}
