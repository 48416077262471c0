using NasEngine.Numerics.Statistics;

namespace NasEngine.UnitTests.Numerics;

internal sealed class StatisticsTests
{
    [Test]
    public void KendallTau_RandomWithTies_EqualsPlain([Values(2, 3, 50)] int count, [Values(2, 5, 1000)] int levels)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (double[] x, double[] y) = Pairs(seed, count, levels);
            Assert.That(RankStatistics.KendallTau(x, y), Is.EqualTo(PlainTau(x, y)).Within(1e-12));
        }
    }

    [Test]
    public void KendallTau_Published_GivesScipysValue() => Assert.That(RankStatistics.KendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]), Is.EqualTo(-0.47140452079103173).Within(1e-15));

    [Test]
    public void KendallTau_Constant_IsNaN() => Assert.That(RankStatistics.KendallTau([1, 1, 1], [1, 2, 3]), Is.NaN);

    [Test]
    public void Spearman_RandomWithTies_EqualsPearsonOfMeanRanks([Values(5, 1000)] int levels)
    {
        (double[] x, double[] y) = Pairs(4, 60, levels);
        Assert.That(RankStatistics.Spearman(x, y), Is.EqualTo(RankStatistics.Pearson(PlainRanks(x), PlainRanks(y))).Within(1e-12));
    }

    [Test]
    public void Spearman_MonotoneButCurved_IsOne() => Assert.That(RankStatistics.Spearman([1, 2, 3, 4], [1, 10, 100, 1000]), Is.EqualTo(1).Within(1e-15));

    [Test]
    public void Pearson_Known_GivesItsValue() => Assert.That(RankStatistics.Pearson([1, 2, 3, 4], [1, 3, 2, 5]), Is.EqualTo(0.8315218406202999).Within(1e-14));

    [Test]
    public void Errors_Known_GiveTheirValues()
    {
        double[] actual = [1, 2, 4, 10];
        double[] predicted = [1.05, 2.2, 3, 10];
        Assert.Multiple(() =>
        {
            Assert.That(ErrorStatistics.MeanAbsolute(actual, predicted), Is.EqualTo(0.3125).Within(1e-12));
            Assert.That(ErrorStatistics.RootMeanSquare(actual, predicted), Is.EqualTo(Math.Sqrt((0.0025 + 0.04 + 1) / 4)).Within(1e-12));
            Assert.That(ErrorStatistics.MeanAbsolutePercentage(actual, predicted), Is.EqualTo(10).Within(1e-12));
            Assert.That(ErrorStatistics.ShareWithin(actual, predicted, 0.06), Is.EqualTo(0.5));
            Assert.That(ErrorStatistics.ShareWithin(actual, predicted, 0.11), Is.EqualTo(0.75));
        });
    }

    [TestCase(0, 1)]
    [TestCase(0.25, 2)]
    [TestCase(0.5, 3)]
    [TestCase(0.9, 4.6)]
    [TestCase(1, 5)]
    public void Quantile_FiveValues_IsLinearBetweenThem(double probability, double expected) =>
        Assert.That(Descriptive.Quantile([5, 1, 4, 2, 3], probability), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void MedianAbsoluteDeviation_OneOutlier_IgnoresIt() => Assert.That(Descriptive.MedianAbsoluteDeviation([1, 2, 3, 4, 1000]), Is.EqualTo(1));

    [Test]
    public void Median_Empty_IsNaN() => Assert.That(Descriptive.Median([]), Is.NaN);

    [Test]
    public void StandardDeviation_Known_GivesItsValue() => Assert.That(Descriptive.StandardDeviation([2, 4, 4, 4, 5, 5, 7, 9]), Is.EqualTo(2.138089935299395).Within(1e-14));

    private static (double[] X, double[] Y) Pairs(int seed, int count, int levels)
    {
        Random random = new(seed);
        return ([.. Enumerable.Range(0, count).Select(_ => (double)random.Next(levels))], [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(levels))]);
    }

    private static double PlainTau(double[] x, double[] y)
    {
        (double sum, double xs, double ys) = (0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
                xs += Math.Abs(Math.Sign(x[i] - x[j]));
                ys += Math.Abs(Math.Sign(y[i] - y[j]));
            }
        }

        return xs * ys > 0 ? sum / Math.Sqrt(xs * ys) : double.NaN;
    }

    private static double[] PlainRanks(double[] values) => [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) + 1) / 2.0))];

    [Test]
    public void TheilSenSlope_QuarterOfThePointsWild_IsTheLinesSlope()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(place => place / 10.0)];
        double[] y = [.. x.Select((value, place) => place % 4 == 0 ? 1000.0 * place : 3 - (2 * value))];
        Assert.That(TheilSen.Slope(x, y), Is.EqualTo(-2).Within(0.5));
        Assert.That(TheilSen.Slope(x, [.. x.Select(value => 3 - (2 * value))], leastDistance: 1), Is.EqualTo(-2).Within(1e-12));
    }

    [Test]
    public void TheilSenSlope_TooFewPairsApart_IsNaN()
    {
        double[] x = [1, 1.01, 1.02, 2];
        Assert.That(TheilSen.Slope(x, x, leastDistance: 0.5, leastPairs: 4), Is.NaN);
        Assert.That(TheilSen.Slope(x, x, leastDistance: 0.5, leastPairs: 3), Is.EqualTo(1).Within(1e-12));
        Assert.That(TheilSen.Slope([], []), Is.NaN);
    }
}
