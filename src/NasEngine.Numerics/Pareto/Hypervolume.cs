using System.Buffers;
using NasEngine.Numerics.Sorting;

namespace NasEngine.Numerics.Pareto;

/// <summary>Measures the part of objective space that a set of points dominates.</summary>
/// <remarks>
/// Four and five objectives are swept along the last one: <see cref="CoveredSpace"/> and <see cref="CoveredHyperspace"/> say what each
/// point adds in the others. Beyond: While, Bradstreet, Barone: A Fast Way of Calculating Exact Hypervolumes, 2012 (WFG), taken in the
/// order of the last objective, so that every exclusive volume needs one dimension less.
/// </remarks>
public static class Hypervolume
{
    /// <summary>Computes the exact volume between the points and a reference point.</summary>
    /// <param name="objectives">Row-major <c>[n × m]</c>; every objective is minimised; no NaN, no negative infinity. Dominated and equal points are allowed.</param>
    /// <param name="reference">The reference point, <c>[m]</c>; finite. Points that are not better than it in every objective add nothing.</param>
    /// <returns>The volume; 0 if no point counts.</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="objectives"/> is no multiple of <c>m</c>, or a value is NaN or negative infinity.</exception>
    /// <remarks>O(n log n) for one and two objectives, O(n log n) plus array moves for three, about O(n²) for four and O(n³) for five at worst, exponential in <c>m</c> beyond.</remarks>
    public static double Compute(ReadOnlySpan<double> objectives, ReadOnlySpan<double> reference)
    {
        int columns = reference.Length;
        int rows = ObjectiveTable.RowsOf(objectives, columns);
        foreach (double value in reference)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"A reference point must be finite, but has {value}.", nameof(reference));
            }
        }

        if (objectives.Contains(double.NegativeInfinity))
        {
            throw new ArgumentException("A point with negative infinity dominates an unbounded volume.", nameof(objectives));
        }

        if (ObjectiveTable.AreBetter(objectives, reference))
        {
            return Volume(objectives, columns, reference);
        }

        double[] kept = ArrayPool<double>.Shared.Rent(Math.Max(1, objectives.Length));
        int count = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> point = objectives.Slice(row * columns, columns);
            bool counts = true;
            for (int column = 0; column < columns; column++)
            {
                counts &= point[column] < reference[column];
            }

            if (counts)
            {
                point.CopyTo(kept.AsSpan(count * columns));
                count++;
            }
        }

        double volume = Volume(kept.AsSpan(0, count * columns), columns, reference);
        ArrayPool<double>.Shared.Return(kept);
        return volume;
    }

    private static double Volume(ReadOnlySpan<double> points, int columns, ReadOnlySpan<double> reference)
    {
        if (points.Length == 0)
        {
            return 0;
        }

        return columns switch
        {
            1 => reference[0] - Minimum(points),
            2 => Area(points, reference),
            3 => SpaceSweep.Volume(points, reference),
            4 or 5 => Swept(points, columns, reference),
            _ => Exclusive(points, columns, reference),
        };
    }

    private static double Minimum(ReadOnlySpan<double> values)
    {
        double least = values[0];
        foreach (double value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }

    private static double Area(ReadOnlySpan<double> points, ReadOnlySpan<double> reference)
    {
        int rows = points.Length / 2;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * rows);
        int[] order = ArrayPool<int>.Shared.Rent(rows);
        Span<double> xs = rented.AsSpan(0, rows);
        for (int row = 0; row < rows; row++)
        {
            rented[rows + row] = points[2 * row];
        }

        KeyOrder.Order(rented.AsSpan(rows, rows), order.AsSpan(0, rows), xs);
        (double area, double ceiling) = (0, reference[1]);
        for (int row = 0; row < rows; row++)
        {
            double y = points[(2 * order[row]) + 1];
            if (y < ceiling)
            {
                area += (reference[0] - xs[row]) * (ceiling - y);
                ceiling = y;
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        ArrayPool<int>.Shared.Return(order);
        return area;
    }

    // Sorted by the last objective, best first: what a point adds to those before it in the others, it adds from there to the reference.
    private static double Swept(ReadOnlySpan<double> points, int columns, ReadOnlySpan<double> reference)
    {
        int rows = points.Length / columns;
        double[] keys = ArrayPool<double>.Shared.Rent(2 * rows);
        int[] order = ArrayPool<int>.Shared.Rent(rows);
        Span<double> last = keys.AsSpan(0, rows);
        for (int row = 0; row < rows; row++)
        {
            keys[rows + row] = points[(row * columns) + columns - 1];
        }

        KeyOrder.Order(keys.AsSpan(rows, rows), order.AsSpan(0, rows), last);
        double volume = 0;
        if (columns == 4)
        {
            using CoveredSpace covered = new(rows, reference);
            for (int place = 0; place < rows; place++)
            {
                ReadOnlySpan<double> point = points.Slice(order[place] * columns, columns);
                volume += covered.Add(point[0], point[1], point[2]) * (reference[^1] - last[place]);
            }
        }
        else
        {
            using CoveredHyperspace covered = new(rows, reference);
            for (int place = 0; place < rows; place++)
            {
                volume += covered.Add(points.Slice(order[place] * columns, columns)) * (reference[^1] - last[place]);
            }
        }

        ArrayPool<double>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(order);
        return volume;
    }

    // Sorted by the last objective, best first: what a point adds to those before it reaches from its last value to the
    // reference, over the part of the remaining objectives that they leave free.
    private static double Exclusive(ReadOnlySpan<double> points, int columns, ReadOnlySpan<double> reference)
    {
        int rows = points.Length / columns;
        int lower = columns - 1;
        double[] keys = ArrayPool<double>.Shared.Rent(rows);
        int[] order = ArrayPool<int>.Shared.Rent(rows);
        double[] limited = ArrayPool<double>.Shared.Rent(rows * lower);
        for (int row = 0; row < rows; row++)
        {
            (order[row], keys[row]) = (row, points[(row * columns) + lower]);
        }

        KeyOrder.Sort(keys.AsSpan(0, rows), order.AsSpan(0, rows));
        double volume = 0;
        for (int place = 0; place < rows; place++)
        {
            ReadOnlySpan<double> point = points.Slice(order[place] * columns, lower);
            int count = 0;
            for (int before = 0; before < place; before++)
            {
                ReadOnlySpan<double> other = points.Slice(order[before] * columns, lower);
                count = AddLimited(limited, count, lower, point, other);
            }

            double box = 1;
            for (int column = 0; column < lower; column++)
            {
                box *= reference[column] - point[column];
            }

            volume += (reference[lower] - keys[place]) * (box - Volume(limited.AsSpan(0, count * lower), lower, reference[..lower]));
        }

        ArrayPool<double>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<double>.Shared.Return(limited);
        return volume;
    }

    // Adds the worse of two points in every objective to a set that holds no dominated point, and keeps it so.
    private static int AddLimited(double[] set, int count, int columns, ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        Span<double> candidate = set.AsSpan(count * columns, columns);
        for (int column = 0; column < columns; column++)
        {
            candidate[column] = Math.Max(point[column], other[column]);
        }

        int kept = 0;
        for (int member = 0; member < count; member++)
        {
            ReadOnlySpan<double> existing = set.AsSpan(member * columns, columns);
            if (Dominance.IsNoWorse(existing, candidate))
            {
                return count; // nothing was removed before: no member dominates another
            }

            if (!Dominance.IsNoWorse(candidate, existing))
            {
                existing.CopyTo(set.AsSpan(kept * columns));
                kept++;
            }
        }

        candidate.CopyTo(set.AsSpan(kept * columns));
        return kept + 1;
    }
}
