using System.Buffers;
using NasEngine.Numerics.Sorting;

namespace NasEngine.Numerics.Pareto;

/// <summary>Measures how alone each point of a front stands.</summary>
/// <remarks>Deb, Pratap, Agarwal, Meyarivan: A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, 2002, section III-B.</remarks>
public static class CrowdingDistance
{
    /// <summary>Gives each point the sum, over the objectives, of the gap between its two neighbours relative to the objective's range.</summary>
    /// <param name="objectives">The points of one front, row-major <c>[n × m]</c>; no NaN.</param>
    /// <param name="objectiveCount">The number of columns, <c>m</c>; at least 1.</param>
    /// <param name="distances">Receives <c>[n]</c> values from 0; infinite for the first and last point of any objective.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a value is NaN.</exception>
    /// <remarks>O(m · n log n). Equal values keep the order of the points. An objective without range, or with an infinite one, adds nothing but its ends.</remarks>
    public static void Assign(ReadOnlySpan<double> objectives, int objectiveCount, Span<double> distances)
    {
        int rows = ObjectiveTable.RowsOf(objectives, objectiveCount);
        ObjectiveTable.CheckResult(rows, distances.Length, nameof(distances));
        distances.Clear();
        if (rows == 0)
        {
            return;
        }

        int[] rentedOrder = ArrayPool<int>.Shared.Rent(rows);
        double[] rentedKeys = ArrayPool<double>.Shared.Rent(rows);
        Span<int> order = rentedOrder.AsSpan(0, rows);
        Span<double> keys = rentedKeys.AsSpan(0, rows);
        for (int column = 0; column < objectiveCount; column++)
        {
            SortColumn(objectives, objectiveCount, column, order, keys);
            double range = keys[^1] - keys[0];
            distances[order[0]] = double.PositiveInfinity;
            distances[order[^1]] = double.PositiveInfinity;
            for (int place = 1; place < rows - 1 && range > 0 && double.IsFinite(range); place++)
            {
                distances[order[place]] += (keys[place + 1] - keys[place - 1]) / range;
            }
        }

        ArrayPool<int>.Shared.Return(rentedOrder);
        ArrayPool<double>.Shared.Return(rentedKeys);
    }

    private static void SortColumn(ReadOnlySpan<double> objectives, int columns, int column, Span<int> order, Span<double> keys)
    {
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
            keys[row] = objectives[(row * columns) + column];
        }

        KeyOrder.Sort(keys, order);
    }
}
