using System.Buffers;
using NasEngine.Numerics.Pareto;
using NasEngine.Numerics.Sorting;

namespace NasEngine.Numerics.Statistics;

/// <summary>Says how well one list of numbers orders or follows another.</summary>
/// <remarks>All are symmetric, lie in -1 to 1, and are NaN for fewer than two pairs or where one side is constant.</remarks>
public static class RankStatistics
{
    /// <summary>Computes Kendall's tau-b, which takes ties into account.</summary>
    /// <param name="first">Values, <c>[n]</c>; no NaN.</param>
    /// <param name="second">The values beside them, <c>[n]</c>; no NaN.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    /// <remarks>O(n log n). Knight: A Computer Method for Calculating Kendall's Tau with Ungrouped Data, 1966.</remarks>
    public static double KendallTau(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairedValues.Check(first, second);
        int count = first.Length;
        double[] pairs = ArrayPool<double>.Shared.Rent(2 * count);
        double[] keys = ArrayPool<double>.Shared.Rent(2 * count);
        int[] order = ArrayPool<int>.Shared.Rent(count);
        for (int index = 0; index < count; index++)
        {
            (pairs[2 * index], pairs[(2 * index) + 1]) = (first[index], second[index]);
        }

        LexicographicOrder.Sort(pairs.AsSpan(0, 2 * count), 2, order.AsSpan(0, count), keys.AsSpan(0, count), keys.AsSpan(count, count));
        (long tiedFirst, long tiedBoth, long runFirst, long runBoth) = (0, 0, 0, 0);
        for (int place = 1; place < count; place++)
        {
            bool sameFirst = first[order[place]] == first[order[place - 1]];
            bool sameBoth = sameFirst && second[order[place]] == second[order[place - 1]];
            runFirst = sameFirst ? runFirst + 1 : 0;
            runBoth = sameBoth ? runBoth + 1 : 0;
            tiedFirst += runFirst; // a run of t equal values has 1 + 2 + … + (t - 1) tied pairs
            tiedBoth += runBoth;
        }

        for (int place = 0; place < count; place++)
        {
            keys[place] = second[order[place]];
        }

        long swaps = SortCountingSwaps(keys.AsSpan(0, count), pairs.AsSpan(0, count));
        long tiedSecond = CountTies(keys.AsSpan(0, count));
        ArrayPool<double>.Shared.Return(pairs);
        ArrayPool<double>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(order);

        long all = (long)count * (count - 1) / 2;
        double scale = Math.Sqrt((double)(all - tiedFirst)) * Math.Sqrt((double)(all - tiedSecond));
        return scale > 0 ? Math.Clamp((all - tiedFirst - tiedSecond + tiedBoth - (2 * swaps)) / scale, -1, 1) : double.NaN;
    }

    /// <summary>Computes Spearman's rho: the correlation of the ranks, ties sharing their mean rank.</summary>
    /// <param name="first">Values, <c>[n]</c>; no NaN.</param>
    /// <param name="second">The values beside them, <c>[n]</c>; no NaN.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    /// <remarks>O(n log n).</remarks>
    public static double Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairedValues.Check(first, second);
        double[] firstRanks = ArrayPool<double>.Shared.Rent(first.Length);
        double[] secondRanks = ArrayPool<double>.Shared.Rent(first.Length);
        AssignRanks(first, firstRanks.AsSpan(0, first.Length));
        AssignRanks(second, secondRanks.AsSpan(0, first.Length));
        double rho = Pearson(firstRanks.AsSpan(0, first.Length), secondRanks.AsSpan(0, first.Length));
        ArrayPool<double>.Shared.Return(firstRanks);
        ArrayPool<double>.Shared.Return(secondRanks);
        return rho;
    }

    /// <summary>Computes Pearson's linear correlation.</summary>
    /// <param name="first">Values, <c>[n]</c>; no NaN.</param>
    /// <param name="second">The values beside them, <c>[n]</c>; no NaN.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static double Pearson(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairedValues.Check(first, second);
        double firstMean = Descriptive.Mean(first);
        double secondMean = Descriptive.Mean(second);
        (double products, double firstSquares, double secondSquares) = (0, 0, 0);
        for (int index = 0; index < first.Length; index++)
        {
            double x = first[index] - firstMean;
            double y = second[index] - secondMean;
            products += x * y;
            firstSquares += x * x;
            secondSquares += y * y;
        }

        double scale = Math.Sqrt(firstSquares) * Math.Sqrt(secondSquares);
        return scale > 0 ? Math.Clamp(products / scale, -1, 1) : double.NaN;
    }

    /// <summary>Gives each value its rank from 1, ties sharing their mean rank.</summary>
    /// <param name="values">Values, <c>[n]</c>; no NaN.</param>
    /// <param name="ranks">Receives <c>[n]</c> ranks.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AssignRanks(ReadOnlySpan<double> values, Span<double> ranks)
    {
        if (ranks.Length != values.Length)
        {
            throw new ArgumentException($"Expected room for {values.Length} ranks, got {ranks.Length}.", nameof(ranks));
        }

        double[] keys = ArrayPool<double>.Shared.Rent(values.Length);
        int[] order = ArrayPool<int>.Shared.Rent(values.Length);
        for (int index = 0; index < values.Length; index++)
        {
            (keys[index], order[index]) = (values[index], index);
        }

        KeyOrder.Sort(keys.AsSpan(0, values.Length), order.AsSpan(0, values.Length));
        for (int start = 0; start < values.Length;)
        {
            int end = start + 1;
            while (end < values.Length && keys[end] == keys[start])
            {
                end++;
            }

            double rank = (start + 1 + end) / 2.0;
            for (int place = start; place < end; place++)
            {
                ranks[order[place]] = rank;
            }

            start = end;
        }

        ArrayPool<double>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(order);
    }

    private static long CountTies(ReadOnlySpan<double> sorted)
    {
        (long ties, long run) = (0, 0);
        for (int place = 1; place < sorted.Length; place++)
        {
            run = sorted[place] == sorted[place - 1] ? run + 1 : 0;
            ties += run;
        }

        return ties;
    }

    // Bottom-up merge sort; every value taken from the right half overtakes what is left of the left one.
    private static long SortCountingSwaps(Span<double> values, Span<double> scratch)
    {
        long swaps = 0;
        for (int width = 1; width < values.Length; width *= 2)
        {
            for (int start = 0; start < values.Length; start += 2 * width)
            {
                int middle = Math.Min(start + width, values.Length);
                int end = Math.Min(middle + width, values.Length);
                (int left, int right) = (start, middle);
                for (int place = start; place < end; place++)
                {
                    bool takesRight = right < end && (left == middle || values[right] < values[left]);
                    swaps += takesRight ? middle - left : 0;
                    scratch[place] = takesRight ? values[right++] : values[left++];
                }
            }

            scratch[..values.Length].CopyTo(values);
        }

        return swaps;
    }
}
