using NasEngine.Predictors.LearningCurves;

namespace NasEngine.UnitTests.Predictors.LearningCurves;

internal sealed class LearningCurveTests
{
    private static readonly double[] Epochs = [.. Enumerable.Range(1, 12).Select(epoch => (double)epoch)];

    private static readonly TestCaseData[] Curves =
    [
        new TestCaseData((Func<double, double>)(epoch => 4.5 + (2 * Math.Pow(epoch, -0.8))), 0.06).SetArgDisplayNames("power law, falling"),
        new TestCaseData((Func<double, double>)(epoch => 0.9 - (0.5 * Math.Pow(epoch, -0.5))), 0.03).SetArgDisplayNames("power law, rising"),
        new TestCaseData((Func<double, double>)(epoch => 0.8 - (0.3 / Math.Log(epoch + 1))), 0.05).SetArgDisplayNames("inverse logarithm"),
        new TestCaseData((Func<double, double>)(epoch => 5 + (2 * Math.Exp(-0.4 * epoch))), 0.35).SetArgDisplayNames("Janoschek"),
        new TestCaseData((Func<double, double>)(_ => 3), 1e-6).SetArgDisplayNames("flat"),
    ];

    [TestCaseSource(nameof(Curves))]
    public void Predict_CurveOfAFamily_ComesNearItsEnd(Func<double, double> curve, double tolerance)
    {
        CurvePrediction end = LearningCurve.Fit(Epochs, [.. Epochs.Select(curve)]).Predict(50);
        Assert.That(end.Mean, Is.EqualTo(curve(50)).Within(tolerance));
        Assert.That(Math.Abs(end.Mean - curve(50)), Is.LessThanOrEqualTo((2.5 * end.StandardDeviation) + 1e-6));
    }

    [Test]
    public void Predict_OneSpike_HardlyMoves()
    {
        double[] clean = [.. Epochs.Select(epoch => 4.5 + (2 * Math.Pow(epoch, -0.8)))];
        double[] spiked = [.. clean];
        spiked[6] += 1.5;
        double without = LearningCurve.Fit(Epochs, clean).Predict(50).Mean;
        double with = LearningCurve.Fit(Epochs, spiked).Predict(50).Mean;
        Assert.That(with, Is.EqualTo(without).Within(0.2));
    }

    [Test]
    public void Predict_FartherAway_IsLessSure()
    {
        LearningCurve curve = LearningCurve.Fit(Epochs, [.. Epochs.Select(epoch => 4.5 + (2 * Math.Pow(epoch, -0.8)))]);
        Assert.That(new[] { 13.0, 25, 50, 200 }.Select(epoch => curve.Predict(epoch).StandardDeviation), Is.Ordered);
    }

    [Test]
    public void Fit_EpochsNotAscending_NamesThePoint() => Assert.That(() => LearningCurve.Fit([1, 3, 3], [1, 2, 3]), Throws.ArgumentException.With.Message.Contains("point 2"));

    [Test]
    public void PredictEnd_CurvesThatDropLateAlike_LearnsTheDrop()
    {
        Random random = new(1);
        double[][] curves = [.. Enumerable.Range(0, 40).Select(_ => Late(1 + random.NextDouble(), 4 + random.NextDouble()))];
        CurvePopulation population = CurvePopulation.Fit(curves[..30], 10);
        double[] informed = [.. curves[30..].Select(curve => Math.Abs(population.PredictEnd(curve.AsSpan(0, 10)).Mean - curve[^1]))];
        double[] alone = [.. curves[30..].Select(curve => Math.Abs(LearningCurve.Fit(Epochs.AsSpan(0, 10), curve.AsSpan(0, 10)).Predict(30).Mean - curve[^1]))];
        Assert.That(informed.Average(), Is.LessThan(0.3 * alone.Average()));
    }

    [Test]
    public void Dominated_ClearlyWorse_StopsItAlone() => Assert.That(
        CurveStopping.Dominated([new(1, 0.1), new(1.1, 0.1), new(2, 0.1), new(2, 2)], keep: 1, minimize: true), Is.EqualTo(new[] { false, false, true, false }));

    [Test]
    public void Dominated_Accuracies_KeepsTheGreatest() => Assert.That(
        CurveStopping.Dominated([new(0.9, 0.01), new(0.5, 0.01)], keep: 1, minimize: false), Is.EqualTo(new[] { false, true }));

    [Test]
    public void Dominated_AsManyAsAreWanted_StopsNone() => Assert.That(CurveStopping.Dominated([new(1, 0), new(9, 0)], keep: 2, minimize: true), Has.None.True);

    private static double[] Late(double gain, double end) =>
        [.. Enumerable.Range(1, 30).Select(epoch => end + (gain * Math.Pow(epoch, -0.7)) + (epoch > 20 ? 0 : gain))];
}
