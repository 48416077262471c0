using NasEngine.Core.Predictors;
using NasEngine.Predictors;
using NasEngine.Predictors.BoostedTrees;
using NasEngine.Predictors.RandomForest;
using NasEngine.Testing.Predictors;

namespace NasEngine.UnitTests.Predictors;

internal sealed class RandomForestTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new ForestTrainer(drawsThresholds: false, trees: 30);

    protected override double MostError => 0.2;

    [Test]
    public void Uncertainty_BetweenTwoLevels_IsGreaterThanAtOne()
    {
        double[] xs = [.. Enumerable.Range(0, 40).Select(static index => (double)index)];
        IPredictor predictor = Trainer.Fit(new FeatureTable(["x"], xs), [.. xs.Select(static x => x < 20 ? 1.0 : 5)], 1);
        Assert.That(predictor.Uncertainty([19.4]), Is.GreaterThan(0.5));
        Assert.That(predictor.Uncertainty([5]), Is.LessThan(0.1));
    }
}

internal sealed class ExtraTreesTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new ForestTrainer(drawsThresholds: true, trees: 30);

    protected override double MostError => 0.2;

    [Test]
    public void Fit_EveryRowItsOwnValue_ReproducesTheRows()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(50, 1, 0.1, 0.1);
        Assert.That(Trainer.Fit(table, targets, 1).PredictAll(table), Is.EqualTo(targets).Within(1e-12));
    }
}

internal sealed class BoostedTreesTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 80, LearningRate = 0.1 });

    protected override double MostError => 0.2;

    [OneTimeSetUp]
    public void IgnoreWithoutLibrary()
    {
        if (!XgboostNative.IsThere)
        {
            Assert.Ignore($"{XgboostNative.Package} is not installed.");
        }
    }

    [Test]
    public void Predict_ReadTrees_HasTheBitsOfTheLibrary()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(80, 1, 0.1, 0.1, uselessColumns: 5);
        (FeatureTable test, _) = SyntheticLatency.Create(300, 2, 0.1, 0.1, uselessColumns: 5);
        float[] values = BoostedTreesPredictor.Single(table.Values);
        float[] testValues = BoostedTreesPredictor.Single(test.Values);
        using XgboostBooster booster = new(values, [.. targets.Select(static target => (float)target)], new BoostedTreesOptions { Trees = 60 }, 5);
        BoostedTreesPredictor predictor = new([.. table.Columns], booster.Trees(), 0, 1);
        Assert.That(
            Enumerable.Range(0, 300).Select(row => predictor.Sum(testValues.AsSpan(row * 9, 9))),
            Is.EqualTo(booster.Predict(testValues, 300)));
    }

    [Test]
    public void Create_SettingsBeyondTheirRange_Throws() => Assert.That(
        () => new BoostedTreesTrainer(new BoostedTreesOptions { Depth = 40 }), Throws.InstanceOf<System.ComponentModel.DataAnnotations.ValidationException>());
}
