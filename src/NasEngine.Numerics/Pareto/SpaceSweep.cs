using System.Buffers;

namespace NasEngine.Numerics.Pareto;

/// <summary>Hypervolume of three objectives: sweeps the third and keeps the staircase of the first two.</summary>
internal static class SpaceSweep
{
    public static double Volume(ReadOnlySpan<double> points, ReadOnlySpan<double> reference)
    {
        int rows = points.Length / 3;
        double[] depths = ArrayPool<double>.Shared.Rent(rows);
        int[] order = ArrayPool<int>.Shared.Rent(rows);
        double[] xs = ArrayPool<double>.Shared.Rent(rows);
        double[] ys = ArrayPool<double>.Shared.Rent(rows);
        for (int row = 0; row < rows; row++)
        {
            (order[row], depths[row]) = (row, points[(3 * row) + 2]);
        }

        depths.AsSpan(0, rows).Sort(order.AsSpan(0, rows));
        (double volume, double area, int steps) = (0, 0, 0);
        for (int place = 0; place < rows; place++)
        {
            ReadOnlySpan<double> point = points.Slice(3 * order[place], 3);
            area += AddStep(xs, ys, ref steps, point[0], point[1], reference);
            double next = place + 1 < rows ? depths[place + 1] : reference[2];
            volume += next > depths[place] ? area * (next - depths[place]) : 0;
        }

        ArrayPool<double>.Shared.Return(depths);
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<double>.Shared.Return(xs);
        ArrayPool<double>.Shared.Return(ys);
        return volume;
    }

    /// <summary>Adds a point to a staircase (x ascending, y descending) and gives the area that it adds.</summary>
    internal static double AddStep(Span<double> xs, Span<double> ys, ref int steps, double x, double y, ReadOnlySpan<double> reference)
    {
        int first = LowerBound(xs[..steps], x);
        if ((first > 0 && ys[first - 1] <= y) || (first < steps && xs[first] == x && ys[first] <= y))
        {
            return 0;
        }

        double ceiling = first > 0 ? ys[first - 1] : reference[1];
        (double area, double left) = (0, x);
        int last = first;
        while (last < steps && ys[last] >= y)
        {
            area += (xs[last] - left) * (ceiling - y);
            (left, ceiling) = (xs[last], ys[last]);
            last++;
        }

        area += ((last < steps ? xs[last] : reference[0]) - left) * (ceiling - y);
        xs[last..steps].CopyTo(xs[(first + 1)..]);
        ys[last..steps].CopyTo(ys[(first + 1)..]);
        (xs[first], ys[first]) = (x, y);
        steps += 1 - (last - first);
        return area;
    }

    private static int LowerBound(ReadOnlySpan<double> values, double value)
    {
        (int low, int high) = (0, values.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = values[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
