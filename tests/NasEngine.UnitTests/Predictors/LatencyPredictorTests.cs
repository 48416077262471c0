using NasEngine.Core.Predictors;
using NasEngine.Predictors;
using NasEngine.Predictors.Adaptation;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.HatMlp;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.Ridge;
using NasEngine.Predictors.RobustAdditive;
using NasEngine.Predictors.RobustPosynomial;
using NasEngine.Testing.Predictors;

namespace NasEngine.UnitTests.Predictors;

internal sealed class RobustPosynomialTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new RobustPosynomialTrainer();

    [Test]
    public void Fit_FivePercentContaminated_StaysTrueWhereRidgeDoesNot()
    {
        (FeatureTable table, double[] targets) = Transformers(400, 1, noise: 0.01);
        (FeatureTable test, double[] actual) = Transformers(200, 2, noise: 0);
        Random random = new(3);
        double[] contaminated = [.. targets.Select(target => random.NextDouble() < 0.05 ? 5 * target : target)];
        double robust = HoldOut.Test(Trainer.Fit(table, contaminated, 1), 400, test, actual).MeanAbsolutePercentageError;
        double plain = HoldOut.Test(new RidgeTrainer().Fit(table, contaminated, 1), 400, test, actual).MeanAbsolutePercentageError;
        Assert.That(robust, Is.LessThan(0.7));
        Assert.That(plain, Is.GreaterThan(10 * robust));
    }

    [Test]
    public void Fit_ThirdOfRowsAtAnotherLevel_KeepsToTheMostFrequent()
    {
        (FeatureTable table, double[] targets) = Transformers(400, 1, noise: 0.02);
        (FeatureTable test, double[] actual) = Transformers(200, 2, noise: 0);
        double[] stepped = [.. targets.Select((target, row) => row < 130 ? 1.2 * target : target)];
        Assert.That(HoldOut.Test(Trainer.Fit(table, stepped, 1), 400, test, actual).MeanAbsolutePercentageError, Is.LessThan(2));
    }

    [Test]
    public void Fit_ProductOfThreeFeaturesFewRows_FindsIt()
    {
        (FeatureTable table, double[] targets) = Transformers(60, 4, noise: 0);
        (FeatureTable test, double[] actual) = Transformers(200, 5, noise: 0);
        Assert.That(HoldOut.Test(Trainer.Fit(table, targets, 1), 60, test, actual).MeanAbsolutePercentageError, Is.LessThan(1));
    }

    [Test]
    public void Fit_LatencyFallsWithAFeature_FollowsIt()
    {
        double[][] rows = [.. Enumerable.Range(0, 100).Select(row => new double[] { 1 + (row % 10), 1 + (row / 10) })];
        IPredictor predictor = Trainer.Fit(new FeatureTable(["stride", "width"], rows), [.. rows.Select(row => 30 + (2 * row[1]) - (1.5 * row[0]))], 1);
        Assert.That(predictor.Predict([9, 5]), Is.EqualTo(26.5).Within(0.3));
        Assert.That(predictor.Predict([2, 5]), Is.EqualTo(37).Within(0.3));
    }

    [Test]
    public void Fit_OneHotColumnsAlone_UsesThem()
    {
        Random random = new(5);
        double[][] rows = [.. Enumerable.Range(0, 120).Select(_ => random.Next(3)).Select(choice => Enumerable.Range(0, 3).Select(index => index == choice ? 1.0 : 0).ToArray())];
        FeatureTable table = new(["op=a", "op=b", "op=c"], rows, Enumerable.Repeat(FeatureKind.OneHot, 3));
        IPredictor predictor = Trainer.Fit(table, [.. rows.Select(row => row[0] + (2 * row[1]) + (4 * row[2]))], 1);
        Assert.That(predictor.PredictAll(table.Select([0, 1, 2])), Is.EqualTo(rows.Take(3).Select(row => row[0] + (2 * row[1]) + (4 * row[2]))).Within(0.05));
    }

    [Test]
    public void Objection_TargetOfZero_IsGiven() => Assert.That(Trainer.Objection(new FeatureTable(["x"], [1.0, 2, 3]), [1, 0, 2]), Is.EqualTo("Every target must be above 0."));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Products_AnyDegree_AreAsManyAsCounted(int degree)
    {
        bool[] isBinary = [false, true, false, true, false];
        List<int[]> products = Posynomial.Products([0, 1, 2, 3, 4], isBinary, degree);
        Assert.That(products, Has.Count.EqualTo(Posynomial.CountProducts([0, 1, 2, 3, 4], isBinary, degree)));
        Assert.That(products.Select(product => string.Join(',', product)), Is.Unique);
    }

    // Layers of a transformer: each costs something, and its width times its hidden width.
    private static (FeatureTable Table, double[] Targets) Transformers(int rows, int seed, double noise)
    {
        Random random = new(seed);
        double[][] features = [.. Enumerable.Range(0, rows).Select(_ => new double[] { 1 + random.Next(6), 512 + (128 * random.Next(2)), 512 + random.Next(2560), 2 + (6 * random.NextDouble()) })];
        double[] targets = [.. features.Select(row => (20 + (row[0] * (8 + (row[1] * row[2] * 1e-5) + (0.2 * row[3])))) * (1 + (noise * ((2 * random.NextDouble()) - 1))))];
        return (new FeatureTable(["layers", "width", "hidden", "heads"], features), targets);
    }
}

internal sealed class HatMlpTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new HatMlpTrainer(new HatMlpOptions { Width = 24, HiddenLayers = 2, Steps = 500, Batch = 32, LearningRate = 0.01 });

    [Test]
    public void Trainer_Auto_LeavesItOut() => Assert.That(
        ((AutoTrainer)PredictorRegistry.Default.Trainer("auto", AutoCriterion.KendallTau)).Choose(new FeatureTable(["x"], [1.0, 2, 3, 4, 5, 6]), [1, 2, 3, 4, 5, 7], 1).Candidates.Keys,
        Does.Not.Contain("mlp-hat"));

    [Test]
    public void PredictAll_Rows_GivesTheBitsOfPredictAndThePlainSums([Values(1, 31, 32, 33, 1500)] int rows)
    {
        HatMlpPredictor predictor = (HatMlpPredictor)Trainer.Fit(SyntheticLatency.Create(60, 1, 0, 0).Table, SyntheticLatency.Create(60, 1, 0, 0).Targets, 1);
        FeatureTable table = SyntheticLatency.Create(rows, 2, 0, 0).Table;
        double[] predictions = predictor.PredictAll(table);
        Assert.That(predictions, Is.EqualTo(Enumerable.Range(0, rows).Select(row => predictor.Predict(table.Row(row)))));
        Assert.That(predictions, Is.EqualTo(Enumerable.Range(0, rows).Select(row => Plain(predictor, table.Row(row).ToArray()))).Within(1e-4).Percent);
    }

    [Test]
    public void PredictAll_OtherColumnsOrRoom_Throws()
    {
        HatMlpPredictor predictor = (HatMlpPredictor)Trainer.Fit(SyntheticLatency.Create(60, 1, 0, 0).Table, SyntheticLatency.Create(60, 1, 0, 0).Targets, 1);
        Assert.That(() => predictor.PredictAll(new FeatureTable(["x"], [1.0, 2]), new double[2]), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => predictor.PredictAll(SyntheticLatency.Create(3, 2, 0, 0).Table, new double[2]), Throws.InstanceOf<ArgumentException>());
    }

    private static double Plain(HatMlpPredictor predictor, double[] features)
    {
        double[] values = [.. features.Select((value, column) => value / predictor.Divisors[column])];
        foreach (float[] layer in predictor.Layers)
        {
            int inputs = values.Length;
            int outputs = layer.Length / (inputs + 1);
            double[] sums = [.. Enumerable.Range(0, outputs).Select(output => layer[(outputs * inputs) + output] + values.Select((value, input) => value * layer[(output * inputs) + input]).Sum())];
            values = ReferenceEquals(layer, predictor.Layers[^1]) ? sums : [.. sums.Select(sum => Math.Max(0, sum))];
        }

        return predictor.Scale * values[0];
    }
}

[Parallelizable]
internal sealed class AdaptedTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new OnItsOwnTable();

    [Test]
    public void Fit_SameDevice_KeepsTheSource()
    {
        (IPredictor source, FeatureTable few, double[] targets, FeatureTable test) = Devices(noise: 0.02, target => target);
        IPredictor adapted = new AdaptedTrainer(source).Fit(few, targets, 1);
        Assert.That(adapted.PredictAll(test).Zip(source.PredictAll(test), (own, before) => own / before), Has.All.EqualTo(1).Within(0.02));
    }

    [Test]
    public void Fit_OtherSpeed_FindsTheFactorFromTenRows()
    {
        (IPredictor source, FeatureTable few, double[] targets, FeatureTable test) = Devices(noise: 0.02, target => 3.5 * target);
        IPredictor adapted = new AdaptedTrainer(source).Fit(few.Select([.. Enumerable.Range(0, 10)]), targets[..10], 1);
        Assert.That(adapted.PredictAll(test).Zip(source.PredictAll(test), (own, before) => own / before), Has.All.EqualTo(3.5).Within(0.2));
    }

    [Test]
    public void Fit_DeviceOfAnotherShape_IsLearnedFromItsRows()
    {
        (IPredictor source, FeatureTable few, double[] targets, _) = Devices(noise: 0.01, target => target);
        double[] others = [.. targets.Select((_, row) => 1 + (0.05 * few.Row(row)[0] * few.Row(row)[1]))];
        IPredictor adapted = new AdaptedTrainer(source).Fit(few, others, 1);
        Assert.That(adapted.PredictAll(few).Zip(others, (own, actual) => own / actual), Has.All.EqualTo(1).Within(0.05), "the source knows nothing of the product");
        Assert.That(((AdaptedPredictor)adapted).Weights.Sum(), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Fit_OtherColumns_NamesBoth()
    {
        (IPredictor source, _, _, _) = Devices(noise: 0, target => target);
        Assert.That(() => new AdaptedTrainer(source).Fit(new FeatureTable(["x"], [1.0, 2, 3]), [1, 2, 3], 1), Throws.ArgumentException.With.Message.Contains("the table has [x]"));
    }

    [Test]
    public void Trainers_WithoutASource_AreNotListed() => Assert.That(PredictorRegistry.Default.Trainers.Select(trainer => trainer.Name), Does.Not.Contain("adapted"));

    private static (IPredictor Source, FeatureTable Few, double[] Targets, FeatureTable Test) Devices(double noise, Func<double, double> other)
    {
        (FeatureTable many, double[] latencies) = SyntheticLatency.Create(300, 1, noise, 0);
        (FeatureTable few, double[] measured) = SyntheticLatency.Create(30, 2, noise, 0.05);
        return (new RobustAdditiveTrainer().Fit(many, latencies, 1), few, [.. measured.Select(other)], SyntheticLatency.Create(50, 3, 0, 0).Table);
    }

    // The contract gives tables of many forms: the source is fitted on the same rows.
    private sealed class OnItsOwnTable : IPredictorTrainer
    {
        private readonly RobustAdditiveTrainer _source = new();

        public string Name => AdaptedTrainer.TrainerName;

        public string Description => "Adapts a predictor to the device that it comes from.";

        public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => _source.Objection(table, targets);

        public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed) => new AdaptedTrainer(_source.Fit(table, targets, seed)).Fit(table, targets, seed);
    }
}
