using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NasEngine.Numerics.Pareto;

/// <summary>Searches in the steps of a staircase.</summary>
/// <remarks>Halves without branches on what is compared, which would be foreseen half of the time; the last values are compared all at once.</remarks>
internal static class Staircase
{
    private const int Window = 32;
    private const int FewSteps = 16;

    /// <summary>Counts the ascending values that are at most a given one.</summary>
    public static int CountNotAbove(ReadOnlySpan<double> ascending, double value)
    {
        int low = 0;
        int length = ascending.Length;
        while (length > Window)
        {
            int half = length >> 1;
            low += (length - half) & -Unsafe.BitCast<bool, byte>(ascending[low + half] <= value);
            length = half;
        }

        if (ascending.Length < Window)
        {
            return CountFew(ascending, value);
        }

        // All before the window are counted, none behind it.
        int start = Math.Min(low, ascending.Length - Window);
        ref double first = ref Unsafe.Add(ref MemoryMarshal.GetReference(ascending), start);
        Vector512<double> limit = Vector512.Create(value);
        ulong bits = 0;
        for (int lane = 0; lane < Window; lane += Vector512<double>.Count)
        {
            bits |= Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref first, (nuint)lane), limit).ExtractMostSignificantBits() << lane;
        }

        return start + BitOperations.PopCount(bits);
    }

    /// <summary>Counts the ascending values that are less than a given one.</summary>
    public static int CountBelow(ReadOnlySpan<double> ascending, double value)
    {
        int low = 0;
        for (int length = ascending.Length; length > 0;)
        {
            int half = length >> 1;
            low += (length - half) & -Unsafe.BitCast<bool, byte>(ascending[low + half] < value);
            length = half;
        }

        return low;
    }

    /// <summary>Adds a step to a staircase (x ascending, y descending) under a corner, which is worse than every step, and gives the area that it adds.</summary>
    public static double AddStep(Span<double> xs, Span<double> ys, ref int steps, double x, double y, double right, double top)
    {
        int first = 0;
        if (steps > FewSteps)
        {
            first = CountNotAbove(xs[..steps], x);
            first -= first > 0 && xs[first - 1] == x ? 1 : 0;
        }
        else
        {
            while (first < steps && xs[first] < x)
            {
                first++;
            }
        }

        double ceiling = first > 0 ? ys[first - 1] : top;
        if (ceiling <= y || (first < steps && xs[first] == x && ys[first] <= y))
        {
            return 0;
        }

        (double area, double left) = (0, x);
        int last = first;
        while (last < steps && ys[last] >= y)
        {
            area += (xs[last] - left) * (ceiling - y);
            (left, ceiling) = (xs[last], ys[last]);
            last++;
        }

        area += ((last < steps ? xs[last] : right) - left) * (ceiling - y);
        if (last == first && steps - first <= FewSteps)
        {
            for (int step = steps; step > first; step--)
            {
                (xs[step], ys[step]) = (xs[step - 1], ys[step - 1]);
            }
        }
        else if (last != first + 1)
        {
            xs[last..steps].CopyTo(xs[(first + 1)..]);
            ys[last..steps].CopyTo(ys[(first + 1)..]);
        }

        (xs[first], ys[first]) = (x, y);
        steps += 1 - (last - first);
        return area;
    }

    private static int CountFew(ReadOnlySpan<double> ascending, double value)
    {
        int count = 0;
        int start = 0;
        Vector256<double> limit = Vector256.Create(value);
        for (; start + Vector256<double>.Count <= ascending.Length; start += Vector256<double>.Count)
        {
            count += BitOperations.PopCount(Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(ascending), (nuint)start), limit).ExtractMostSignificantBits());
        }

        for (; start < ascending.Length; start++)
        {
            count += Unsafe.BitCast<bool, byte>(ascending[start] <= value);
        }

        return count;
    }
}
