using System.Buffers;

namespace NasEngine.Numerics.Pareto;

/// <summary>Sorts points into fronts: the points that no other dominates, then those that only the first front dominates, and so on.</summary>
/// <remarks>Zhang, Tian, Cheng, Jin: An Efficient Approach to Nondominated Sorting for Evolutionary Multiobjective Optimization, 2015 (ENS-BS).</remarks>
public static class ParetoSort
{
    /// <summary>Gives each point the index of its front: 0 for points that no other dominates.</summary>
    /// <param name="objectives">Row-major <c>[n × m]</c>; every objective is minimised; no NaN. Units may differ between columns.</param>
    /// <param name="objectiveCount">The number of columns, <c>m</c>; at least 1.</param>
    /// <param name="ranks">Receives <c>[n]</c> front indices.</param>
    /// <exception cref="ArgumentException">The lengths do not fit <c>n × m</c> and <c>n</c>, or a value is NaN.</exception>
    /// <remarks>
    /// O(n log n) for one and two objectives, at most O(m · n²) beyond; scratch comes from the array pool. Equal points share a front.
    /// </remarks>
    public static void AssignRanks(ReadOnlySpan<double> objectives, int objectiveCount, Span<int> ranks)
    {
        int rows = ObjectiveTable.RowsOf(objectives, objectiveCount);
        ObjectiveTable.CheckResult(rows, ranks.Length, nameof(ranks));
        if (rows == 0)
        {
            return;
        }

        int[] order = ArrayPool<int>.Shared.Rent(rows);
        double[] scratch = ArrayPool<double>.Shared.Rent(rows);
        LexicographicOrder.Sort(objectives, objectiveCount, order.AsSpan(0, rows), scratch.AsSpan(0, rows));
        if (objectiveCount <= 2)
        {
            Sweep(objectives, objectiveCount, order.AsSpan(0, rows), scratch, ranks);
        }
        else
        {
            Insert(objectives, objectiveCount, order.AsSpan(0, rows), ranks);
        }

        ArrayPool<int>.Shared.Return(order);
        ArrayPool<double>.Shared.Return(scratch);
    }

    // In ascending order of the first objective, a front dominates a point exactly if its last member is no worse in the
    // last objective, and these last values ascend from front to front: a binary search finds the first front with room.
    private static void Sweep(ReadOnlySpan<double> objectives, int columns, ReadOnlySpan<int> order, Span<double> lastValues, Span<int> ranks)
    {
        int fronts = 0;
        for (int place = 0; place < order.Length; place++)
        {
            int point = order[place];
            if (place > 0 && AreEqual(objectives, columns, point, order[place - 1]))
            {
                ranks[point] = ranks[order[place - 1]];
                continue;
            }

            double value = objectives[(point * columns) + columns - 1];
            (int low, int high) = (0, fronts);
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = lastValues[middle] > value ? (low, middle) : (middle + 1, high);
            }

            lastValues[low] = value;
            fronts = Math.Max(fronts, low + 1);
            ranks[point] = low;
        }
    }

    // A point that comes later in lexicographic order never dominates an earlier one, and what a front dominates,
    // every better front dominates too: again a binary search over the fronts built so far.
    private static void Insert(ReadOnlySpan<double> objectives, int columns, ReadOnlySpan<int> order, Span<int> ranks)
    {
        int[] newest = ArrayPool<int>.Shared.Rent(order.Length);
        int[] previous = ArrayPool<int>.Shared.Rent(order.Length);
        int fronts = 0;
        for (int place = 0; place < order.Length; place++)
        {
            int point = order[place];
            if (place > 0 && AreEqual(objectives, columns, point, order[place - 1]))
            {
                ranks[point] = ranks[order[place - 1]];
                continue;
            }

            (int low, int high) = (0, fronts);
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = IsDominatedByFront(objectives, columns, point, newest[middle], previous) ? (middle + 1, high) : (low, middle);
            }

            previous[point] = low < fronts ? newest[low] : -1;
            newest[low] = point;
            fronts = Math.Max(fronts, low + 1);
            ranks[point] = low;
        }

        ArrayPool<int>.Shared.Return(newest);
        ArrayPool<int>.Shared.Return(previous);
    }

    private static bool IsDominatedByFront(ReadOnlySpan<double> objectives, int columns, int point, int member, int[] previous)
    {
        ReadOnlySpan<double> candidate = objectives.Slice(point * columns, columns);
        for (; member >= 0; member = previous[member])
        {
            ReadOnlySpan<double> other = objectives.Slice(member * columns, columns);
            int column = 1; // the order holds for the first column
            while (column < columns && other[column] <= candidate[column])
            {
                column++;
            }

            if (column == columns)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreEqual(ReadOnlySpan<double> objectives, int columns, int first, int second) =>
        objectives.Slice(first * columns, columns).SequenceEqual(objectives.Slice(second * columns, columns));
}
