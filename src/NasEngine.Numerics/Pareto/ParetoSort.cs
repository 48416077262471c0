using System.Buffers;

namespace NasEngine.Numerics.Pareto;

/// <summary>Sorts points into fronts: the points that no other dominates, then those that only the first front dominates, and so on.</summary>
/// <remarks>
/// In lexicographic order no point dominates an earlier one, and what a front dominates, every better front dominates too: a binary
/// search finds a point's front. Zhang, Tian, Cheng, Jin: An Efficient Approach to Nondominated Sorting for Evolutionary Multiobjective
/// Optimization, 2015 (ENS-BS). What a front is kept as depends on the number of objectives.
/// </remarks>
public static class ParetoSort
{
    /// <summary>Gives each point the index of its front: 0 for points that no other dominates.</summary>
    /// <param name="objectives">Row-major <c>[n × m]</c>; every objective is minimised; no NaN. Units may differ between columns.</param>
    /// <param name="objectiveCount">The number of columns, <c>m</c>; at least 1.</param>
    /// <param name="ranks">Receives <c>[n]</c> front indices.</param>
    /// <exception cref="ArgumentException">The lengths do not fit <c>n × m</c> and <c>n</c>, or a value is NaN.</exception>
    /// <remarks>
    /// O(n log n) for one and two objectives, O(n log² n) plus array moves for three, O(n²/64 · (m + log n)) beyond; scratch comes from
    /// the array pool. Equal points share a front.
    /// </remarks>
    public static void AssignRanks(ReadOnlySpan<double> objectives, int objectiveCount, Span<int> ranks)
    {
        int rows = ObjectiveTable.RowsOf(objectives, objectiveCount);
        ObjectiveTable.CheckResult(rows, ranks.Length, nameof(ranks));
        if (rows == 0)
        {
            return;
        }

        int[] rentedOrder = ArrayPool<int>.Shared.Rent(rows);
        double[] rentedKeys = ArrayPool<double>.Shared.Rent(2 * rows);
        Span<int> order = rentedOrder.AsSpan(0, rows);
        Span<double> keys = rentedKeys.AsSpan(0, rows);
        LexicographicOrder.Sort(objectives, objectiveCount, order, keys, rentedKeys.AsSpan(rows, rows));
        switch (objectiveCount)
        {
            case <= 2:
                SweepPlane(objectives, objectiveCount, order, keys, ranks);
                break;
            case 3:
                SweepSpace(objectives, order, ranks);
                break;
            default:
                DominatorBits.Rank(objectives, objectiveCount, order, ranks);
                break;
        }

        ArrayPool<int>.Shared.Return(rentedOrder);
        ArrayPool<double>.Shared.Return(rentedKeys);
    }

    /// <summary>Says whether two rows are the same point.</summary>
    internal static bool AreEqual(ReadOnlySpan<double> objectives, int columns, int first, int second)
    {
        ref readonly double one = ref objectives[first * columns];
        ref readonly double other = ref objectives[second * columns];
        return one == other && objectives.Slice(first * columns, columns).SequenceEqual(objectives.Slice(second * columns, columns));
    }

    // A front dominates a point exactly if its last member is no worse in the last objective, and these values ascend from front to front.
    private static void SweepPlane(ReadOnlySpan<double> objectives, int columns, ReadOnlySpan<int> order, Span<double> values, Span<int> ranks)
    {
        double[] lastValues = ArrayPool<double>.Shared.Rent(order.Length);
        int fronts = 0;
        for (int place = 0; place < order.Length; place++)
        {
            values[place] = objectives[(order[place] * columns) + columns - 1];
        }

        for (int place = 0; place < order.Length; place++)
        {
            double value = values[place];
            if (place > 0 && value == values[place - 1] && AreEqual(objectives, columns, order[place], order[place - 1]))
            {
                ranks[order[place]] = ranks[order[place - 1]];
                continue;
            }

            int front = Staircase.CountNotAbove(lastValues.AsSpan(0, fronts), value);
            lastValues[front] = value;
            fronts = Math.Max(fronts, front + 1);
            ranks[order[place]] = front;
        }

        ArrayPool<double>.Shared.Return(lastValues);
    }

    private static void SweepSpace(ReadOnlySpan<double> objectives, ReadOnlySpan<int> order, Span<int> ranks)
    {
        using StaircaseFronts fronts = new(order.Length);
        for (int place = 0; place < order.Length; place++)
        {
            int point = order[place];
            bool repeats = place > 0 && AreEqual(objectives, 3, point, order[place - 1]);
            ranks[point] = repeats ? ranks[order[place - 1]] : fronts.Add(objectives[(3 * point) + 1], objectives[(3 * point) + 2]);
        }
    }
}
