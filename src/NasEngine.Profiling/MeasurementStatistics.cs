using System.Collections.Immutable;
using NasEngine.Core.Devices;

namespace NasEngine.Profiling;

/// <summary>Robust statistics of block times: no assumption on their distribution, no harm from a few interrupted blocks.</summary>
public static class MeasurementStatistics
{
    /// <summary>Gives the median; the mean of the middle two for an even count. O(n log n).</summary>
    /// <param name="values">At least one value; NaN sorts first.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static double Median(ReadOnlySpan<double> values) => MedianOfSorted(Sorted(values));

    /// <summary>Gives the median absolute deviation from the median, unscaled (times 1.4826 it estimates a normal deviation). O(n log n).</summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static double MedianAbsoluteDeviation(ReadOnlySpan<double> values)
    {
        double[] deviations = Sorted(values);
        double median = MedianOfSorted(deviations);
        for (int i = 0; i < deviations.Length; i++)
        {
            deviations[i] = Math.Abs(deviations[i] - median);
        }

        Array.Sort(deviations);
        return MedianOfSorted(deviations);
    }

    /// <summary>Gives the two closest order statistics that enclose the distribution's median with at least a given confidence. O(n log n).</summary>
    /// <remarks>
    /// The count of values below the median is Binomial(n, ½). Where no two values reach the confidence (below six values for 95 %),
    /// the smallest and the largest are given.
    /// </remarks>
    /// <param name="values">At least one value, independent.</param>
    /// <param name="confidence">From 0 to 1, both excluded; 0.95 unless given.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is out of its range.</exception>
    public static (double Low, double High) MedianInterval(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence must be between 0 and 1.");
        }

        double[] sorted = Sorted(values);
        int n = sorted.Length;
        int rank = 0;
        double term = Math.Pow(0.5, n);
        double tail = term; // P(Binomial(n, ½) ≤ rank)
        while (2 * tail <= 1 - confidence && rank < n / 2)
        {
            rank++;
            term *= (n - rank + 1) / (double)rank;
            tail += term;
        }

        int low = Math.Max(rank - 1, 0);
        return (sorted[low], sorted[n - 1 - low]);
    }

    /// <summary>Says which readings of a canary stand off the median of all by more than a share. O(n log n).</summary>
    /// <param name="readings">At least one reading, above 0.</param>
    /// <param name="tolerance">The share, such as 0.05.</param>
    /// <returns>For each reading whether it is drift.</returns>
    /// <exception cref="ArgumentException"><paramref name="readings"/> is empty.</exception>
    public static bool[] FindDrift(ReadOnlySpan<double> readings, double tolerance)
    {
        double median = Median(readings);
        bool[] isDrift = new bool[readings.Length];
        for (int i = 0; i < readings.Length; i++)
        {
            isDrift[i] = Math.Abs((readings[i] / median) - 1) > tolerance;
        }

        return isDrift;
    }

    /// <summary>Gives the times of the blocks that count: those without drift, or all where too few are without.</summary>
    /// <param name="blocks">The blocks of one network.</param>
    /// <param name="minBlocks">How many without drift are enough.</param>
    public static double[] CountedNanoseconds(ImmutableArray<MeasuredBlock> blocks, int minBlocks)
    {
        double[] steady = [.. blocks.Where(block => !block.IsDrift).Select(block => block.Nanoseconds)];
        return steady.Length >= Math.Min(minBlocks, blocks.Length) ? steady : [.. blocks.Select(block => block.Nanoseconds)];
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("At least one value is needed.", nameof(values));
        }

        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double MedianOfSorted(double[] sorted)
    {
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
