using System.Buffers;
using NasEngine.Numerics.Sorting;

namespace NasEngine.Numerics.Pareto;

/// <summary>Hypervolume of three objectives: sweeps the third and keeps the staircase of the first two.</summary>
internal static class SpaceSweep
{
    public static double Volume(ReadOnlySpan<double> points, ReadOnlySpan<double> reference)
    {
        int rows = points.Length / 3;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * rows);
        Span<double> depths = rented.AsSpan(0, rows);
        int[] order = ArrayPool<int>.Shared.Rent(rows);
        double[] xs = ArrayPool<double>.Shared.Rent(rows);
        double[] ys = ArrayPool<double>.Shared.Rent(rows);
        for (int row = 0; row < rows; row++)
        {
            rented[rows + row] = points[(3 * row) + 2];
        }

        KeyOrder.Order(rented.AsSpan(rows, rows), order.AsSpan(0, rows), depths);
        (double volume, double area, int steps) = (0, 0, 0);
        for (int place = 0; place < rows; place++)
        {
            ReadOnlySpan<double> point = points.Slice(3 * order[place], 3);
            area += Staircase.AddStep(xs, ys, ref steps, point[0], point[1], reference[0], reference[1]);
            double next = place + 1 < rows ? depths[place + 1] : reference[2];
            volume += next > depths[place] ? area * (next - depths[place]) : 0;
        }

        ArrayPool<double>.Shared.Return(rented);
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<double>.Shared.Return(xs);
        ArrayPool<double>.Shared.Return(ys);
        return volume;
    }
}
