using System.Collections.Immutable;
using NasEngine.Core.Devices;
using NasEngine.Profiling;

namespace NasEngine.UnitTests.Profiling;

internal sealed class MeasurementStatisticsTests
{
    [TestCase(new[] { 3.0 }, 3.0)]
    [TestCase(new[] { 4.0, 1.0 }, 2.5)]
    [TestCase(new[] { 9.0, 1.0, 5.0 }, 5.0)]
    [TestCase(new[] { 1.0, 100.0, 2.0, 3.0 }, 2.5)]
    public void Median_FewValues_IsTheMiddle(double[] values, double expected) =>
        Assert.That(MeasurementStatistics.Median(values), Is.EqualTo(expected));

    [Test]
    public void Median_Values_LeavesAsManyBelowAsAbove()
    {
        Random random = new(1);
        for (int count = 1; count < 60; count++)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => Math.Round(random.NextDouble() * 20))];
            double median = MeasurementStatistics.Median(values);
            Assert.That(values.Count(value => value < median), Is.LessThanOrEqualTo(count / 2));
            Assert.That(values.Count(value => value > median), Is.LessThanOrEqualTo(count / 2));
        }
    }

    [Test]
    public void Median_Empty_Throws() => Assert.That(() => MeasurementStatistics.Median([]), Throws.ArgumentException);

    [Test]
    public void MedianAbsoluteDeviation_OneOutlier_IgnoresIt() =>
        Assert.That(MeasurementStatistics.MedianAbsoluteDeviation([10, 11, 12, 13, 1e9]), Is.EqualTo(1));

    [Test]
    public void MedianInterval_EveryCount_IsTheNarrowestThatCoversEnough([Range(1, 40)] int count)
    {
        double[] values = [.. Enumerable.Range(1, count).Select(i => (double)i).Reverse()];
        (double low, double high) = MeasurementStatistics.MedianInterval(values);
        int rank = (int)low; // the values are their own ranks
        Assert.That(high, Is.EqualTo(count + 1 - rank));
        Assert.That(rank == 1 || PlainCoverage(count, rank) >= 0.95, Is.True, "covers enough, or is the widest there is");
        Assert.That(rank + 1 > count - rank || PlainCoverage(count, rank + 1) < 0.95, Is.True, "a narrower one does not cover enough");
    }

    [Test]
    public void MedianInterval_ManySamplesOfSkewedValues_EnclosesTheTrueMedianAsOftenAsPromised()
    {
        Random random = new(7);
        int enclosed = 0;
        const int Trials = 4000;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] values = [.. Enumerable.Range(0, 15).Select(_ => -Math.Log(1 - random.NextDouble()))];
            (double low, double high) = MeasurementStatistics.MedianInterval(values);
            enclosed += low <= Math.Log(2) && Math.Log(2) <= high ? 1 : 0;
        }

        Assert.That(enclosed / (double)Trials, Is.InRange(0.95, 0.98)); // ranks 4 and 12 of 15 cover 96.5 %
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(double.NaN)]
    public void MedianInterval_ConfidenceOutOfRange_Throws(double confidence) =>
        Assert.That(() => MeasurementStatistics.MedianInterval([1, 2], confidence), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void FindDrift_OneReadingOff_MarksIt() =>
        Assert.That(MeasurementStatistics.FindDrift([100, 101, 106, 99, 94, 100], 0.05), Is.EqualTo(new[] { false, false, true, false, true, false }));

    [Test]
    public void CountedNanoseconds_EnoughWithoutDrift_LeavesDriftOut() =>
        Assert.That(MeasurementStatistics.CountedNanoseconds(Blocks((1, false), (9, true), (2, false)), minBlocks: 2), Is.EqualTo(new[] { 1.0, 2.0 }));

    [Test]
    public void CountedNanoseconds_TooFewWithoutDrift_TakesAll() =>
        Assert.That(MeasurementStatistics.CountedNanoseconds(Blocks((1, false), (9, true), (8, true)), minBlocks: 2), Is.EqualTo(new[] { 1.0, 9.0, 8.0 }));

    private static ImmutableArray<MeasuredBlock> Blocks(params (double Nanoseconds, bool IsDrift)[] blocks) =>
        [.. blocks.Select((block, i) => new MeasuredBlock(block.Nanoseconds, i, 1, block.IsDrift))];

    /// <summary>P(rank ≤ number of values below the median ≤ count − rank), summed term by term from Pascal's triangle.</summary>
    private static double PlainCoverage(int count, int rank)
    {
        double[] row = [1];
        for (int n = 0; n < count; n++)
        {
            row = [.. Enumerable.Range(0, n + 2).Select(k => ((k > 0 ? row[k - 1] : 0) + (k <= n ? row[k] : 0)) / 2)];
        }

        return row[rank..(count - rank + 1)].Sum();
    }
}
