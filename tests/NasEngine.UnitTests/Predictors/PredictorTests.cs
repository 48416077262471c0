using NasEngine.Core.Predictors;
using NasEngine.Predictors;
using NasEngine.Predictors.GaussianProcess;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.Ridge;
using NasEngine.Predictors.RobustAdditive;
using NasEngine.Testing.Predictors;

namespace NasEngine.UnitTests.Predictors;

internal sealed class RobustAdditiveTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new RobustAdditiveTrainer();

    [Test]
    public void Fit_TenPercentOutliers_FindsTheCoefficients()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(300, 3, 0.02, 0.1);
        RobustAdditivePredictor predictor = (RobustAdditivePredictor)Trainer.Fit(table, targets, 1);
        Assert.That(predictor.Coefficients.Zip(SyntheticLatency.Truth.Skip(1), (found, truth) => found / truth), Has.All.EqualTo(1).Within(0.1));
    }

    [Test]
    public void Fit_FewRowsManyUselessColumns_StaysNearAndNonNegative()
    {
        (FeatureTable table, double[] targets) = SyntheticLatency.Create(40, 3, 0.02, 0.05, uselessColumns: 35);
        (FeatureTable test, double[] actual) = SyntheticLatency.Create(200, 4, 0, 0, uselessColumns: 35);
        RobustAdditivePredictor predictor = (RobustAdditivePredictor)Trainer.Fit(table, targets, 1);
        PredictorQuality quality = HoldOut.Test(predictor, 40, test, actual);
        Assert.That(predictor.Coefficients, Has.All.GreaterThanOrEqualTo(0));
        Assert.That(quality.MeanAbsolutePercentageError, Is.LessThan(5));
    }

    [Test]
    public void Predict_FarOutside_StaysAboveZero()
    {
        FeatureTable table = new(["x"], [[10], [20], [30], [40.0]]);
        Assert.That(Trainer.Fit(table, [10, 20, 30, 40], 1).Predict([0]), Is.GreaterThan(0));
    }

    [Test]
    public void Fit_NegativeFeature_NamesIt() =>
        Assert.That(() => Trainer.Fit(new FeatureTable(["a", "b"], [[1, 1], [1, -1], [1, 1.0]]), [1, 2, 3], 1), Throws.ArgumentException.With.Message.Contains("'b' is negative in row 1"));
}

internal sealed class RidgeTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new RidgeTrainer();

    [Test]
    public void Fit_ExactlyLinear_Reproduces()
    {
        FeatureTable table = new(["a", "b"], Enumerable.Range(0, 20).Select(row => new double[] { row, row * row % 7 }));
        double[] targets = [.. Enumerable.Range(0, 20).Select(row => 3 - (2.0 * row) + (0.5 * (row * row % 7)))];
        Assert.That(Trainer.Fit(table, targets, 1).Predict([30, 2]), Is.EqualTo(-56).Within(1e-4));
    }
}

internal sealed class GaussianProcessTests : PredictorTrainerContract
{
    protected override IPredictorTrainer Trainer { get; } = new GaussianProcessTrainer();

    [Test]
    public void Fit_NoNoise_Interpolates()
    {
        (FeatureTable table, double[] targets) = Curve();
        IPredictor predictor = Trainer.Fit(table, targets, 1);
        Assert.That(predictor.PredictAll(table), Is.EqualTo(targets).Within(0.01));
        Assert.That(predictor.Predict([3.25]), Is.EqualTo(Math.Sin(3.25)).Within(0.02));
    }

    [Test]
    public void Uncertainty_AwayFromData_Grows()
    {
        (FeatureTable table, double[] targets) = Curve();
        IPredictor predictor = Trainer.Fit(table, targets, 1);
        double[] deviations = [.. new double[] { 3, 7, 9, 20 }.Select(x => predictor.Uncertainty([x])!.Value)];
        Assert.That(deviations, Is.Ordered);
        Assert.That(deviations[3], Is.GreaterThan(10 * deviations[0]));
    }

    [Test]
    public void Uncertainty_NoisyTargets_CoversMostOfThem()
    {
        Random random = new(2);
        double[] xs = [.. Enumerable.Range(0, 200).Select(_ => 6 * random.NextDouble())];
        double[] ys = [.. xs.Select(x => Math.Sin(x) + (0.2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)))];
        IPredictor predictor = Trainer.Fit(new FeatureTable(["x"], xs.AsSpan(0, 100)), ys[..100], 1);
        int covered = Enumerable.Range(100, 100).Count(row => Math.Abs(predictor.Predict([xs[row]]) - ys[row]) <= 2 * predictor.Uncertainty([xs[row]])!.Value);
        Assert.That(covered, Is.InRange(88, 100));
    }

    [Test]
    public void Fit_TooManyRows_SaysHowMany() => Assert.That(
        () => Trainer.Fit(new FeatureTable(["x"], new double[2001]), new double[2001], 1), Throws.ArgumentException.With.Message.Contains("2000"));

    private static (FeatureTable Table, double[] Targets) Curve()
    {
        double[] xs = [.. Enumerable.Range(0, 25).Select(index => index * 0.25)];
        return (new FeatureTable(["x"], xs), [.. xs.Select(Math.Sin)]);
    }
}
