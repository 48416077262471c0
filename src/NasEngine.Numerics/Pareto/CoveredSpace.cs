using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NasEngine.Numerics.Pareto;

/// <summary>The space of three objectives that points cover while they come one at a time, in any order.</summary>
/// <remarks>
/// Only points that no other dominates are kept, in the order of the third objective. What a new one adds is swept along it: the part of
/// the new point's rectangle that the others leave free, times the way to the next of them. Most others lie outside of what is still
/// free; they are passed over eight at a time. With it, hypervolumes of four objectives take O(n²) comparisons, as in Guerreiro,
/// Fonseca: Computing and Updating Hypervolume Contributions in Up to Four Dimensions, 2018 (HV4D+), in another arrangement.
/// </remarks>
internal sealed class CoveredSpace : IDisposable
{
    private const int Lanes = 8;
    private const ulong AllLanes = (1UL << Lanes) - 1;
    private const int LinearLimit = 48;

    // Behind the last point lie values that are worse than all, so that whole vectors can be read.
    private readonly double[] _xs;
    private readonly double[] _ys;
    private readonly double[] _zs;
    private readonly double[] _stepXs;
    private readonly double[] _stepYs;
    private readonly double[] _reference = new double[2];
    private readonly double _end;
    private int _count;

    /// <summary>Rents room for points.</summary>
    /// <param name="points">The largest number of points.</param>
    /// <param name="reference">The reference point; its first three values count. All points are better than it.</param>
    public CoveredSpace(int points, ReadOnlySpan<double> reference)
    {
        _xs = ArrayPool<double>.Shared.Rent(points + (2 * Lanes));
        _ys = ArrayPool<double>.Shared.Rent(points + (2 * Lanes));
        _zs = ArrayPool<double>.Shared.Rent(points + (2 * Lanes));
        _stepXs = ArrayPool<double>.Shared.Rent(points + 3);
        _stepYs = ArrayPool<double>.Shared.Rent(points + 3);
        (_reference[0], _reference[1], _end) = (reference[0], reference[1], reference[2]);
        foreach (double[] values in new[] { _xs, _ys, _zs })
        {
            values.AsSpan(0, points + (2 * Lanes)).Fill(double.PositiveInfinity);
        }
    }

    /// <summary>Forgets all points.</summary>
    public void Clear()
    {
        ForgetFrom(0);
    }

    /// <summary>Gives the room back.</summary>
    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(_xs);
        ArrayPool<double>.Shared.Return(_ys);
        ArrayPool<double>.Shared.Return(_zs);
        ArrayPool<double>.Shared.Return(_stepXs);
        ArrayPool<double>.Shared.Return(_stepYs);
    }

    /// <summary>Adds a point.</summary>
    /// <returns>The volume that it adds; 0 if another covers it.</returns>
    public double Add(double x, double y, double z)
    {
        int above = CountNotAbove(z);
        if (!TryBound(above, x, y, z, out double right, out double top))
        {
            return 0;
        }

        double volume = Sweep(above, x, y, z, right, top);
        Insert(above, x, y, z);
        return volume;
    }

    /// <summary>Adds a point without measuring what it adds.</summary>
    public void Keep(double x, double y, double z)
    {
        int above = CountNotAbove(z);
        if (!IsCovered(above, x, y))
        {
            Insert(above, x, y, z);
        }
    }

    /// <summary>Measures all that is covered.</summary>
    public double Volume()
    {
        (double volume, double area, int steps) = (0, 0, 0);
        (double right, double top) = (_reference[0], _reference[1]);
        for (int point = 0; point < _count; point++)
        {
            area += Staircase.AddStep(_stepXs, _stepYs, ref steps, _xs[point], _ys[point], right, top);
            volume += area * ((point + 1 < _count ? _zs[point + 1] : _end) - _zs[point]);
        }

        return volume;
    }

    private bool IsCovered(int above, double x, double y)
    {
        Vector512<double> px = Vector512.Create(x);
        Vector512<double> py = Vector512.Create(y);
        for (int start = 0; start < above; start += Lanes)
        {
            ulong covers = (Vector512.LessThanOrEqual(Load(_xs, start), px) & Vector512.LessThanOrEqual(Load(_ys, start), py)).ExtractMostSignificantBits();
            if ((covers & (AllLanes >> Math.Max(0, Lanes - (above - start)))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    // How far the free rectangle reaches where the new point begins; false if nothing is free.
    private bool TryBound(int above, double x, double y, double z, out double right, out double top)
    {
        Vector512<double> px = Vector512.Create(x);
        Vector512<double> py = Vector512.Create(y);
        Vector512<double> pz = Vector512.Create(z);
        Vector512<double> rights = Vector512.Create(_reference[0]);
        Vector512<double> tops = Vector512.Create(_reference[1]);
        (right, top) = (0, 0);
        for (int start = 0; start < above; start += Lanes)
        {
            Vector512<double> xs = Load(_xs, start);
            Vector512<double> ys = Load(_ys, start);
            Vector512<double> before = Vector512.LessThanOrEqual(Load(_zs, start), pz);
            Vector512<double> left = before & Vector512.LessThanOrEqual(xs, px);
            Vector512<double> below = before & Vector512.LessThanOrEqual(ys, py);
            if ((left & below).ExtractMostSignificantBits() != 0)
            {
                return false;
            }

            tops = Vector512.ConditionalSelect(left, Vector512.Min(tops, ys), tops);
            rights = Vector512.ConditionalSelect(below, Vector512.Min(rights, xs), rights);
        }

        (right, top) = (Least(rights), Least(tops));
        return true;
    }

    private double Sweep(int above, double x, double y, double z, double right, double top)
    {
        (double area, int steps) = ((right - x) * (top - y), 0);
        (double farRight, double farTop) = (right, top);
        for (int start = 0; start < above; start += Lanes)
        {
            ulong inside = Inside(start, right, top);
            inside &= above - start < Lanes ? (1UL << (above - start)) - 1 : ulong.MaxValue;
            for (; inside != 0; inside &= inside - 1)
            {
                int other = start + BitOperations.TrailingZeroCount(inside);
                area -= Staircase.AddStep(_stepXs, _stepYs, ref steps, Math.Max(x, _xs[other]), Math.Max(y, _ys[other]), farRight, farTop);
            }
        }

        double volume = 0;
        for (int start = above & -Lanes; start < _count; start += Lanes)
        {
            ulong inside = Inside(start, right, top);
            inside &= start < above ? ulong.MaxValue << (above - start) : ulong.MaxValue;
            for (; inside != 0; inside &= inside - 1)
            {
                int other = start + BitOperations.TrailingZeroCount(inside);
                volume += area * (_zs[other] - z);
                z = _zs[other];
                (double otherX, double otherY) = (Math.Max(x, _xs[other]), Math.Max(y, _ys[other]));
                if (otherX == x && otherY == y)
                {
                    return volume;
                }

                area -= Staircase.AddStep(_stepXs, _stepYs, ref steps, otherX, otherY, farRight, farTop);
                right = otherY == y ? Math.Min(right, otherX) : right;
                top = otherX == x ? Math.Min(top, otherY) : top;
            }
        }

        return volume + (area * (_end - z));
    }

    private ulong Inside(int start, double right, double top) =>
        (Vector512.LessThan(Load(_xs, start), Vector512.Create(right)) & Vector512.LessThan(Load(_ys, start), Vector512.Create(top))).ExtractMostSignificantBits();

    // Takes out what the new point covers, which lies at its z or above, and puts it behind the points that are not above it.
    private void Insert(int above, double x, double y, double z)
    {
        int from = above;
        while (from > 0 && _zs[from - 1] == z)
        {
            from--;
        }

        Vector512<double> px = Vector512.Create(x);
        Vector512<double> py = Vector512.Create(y);
        (int kept, int place) = (from, above);
        for (int start = from; start < _count; start += Lanes)
        {
            (Vector512<double> xs, Vector512<double> ys) = (Load(_xs, start), Load(_ys, start));
            Vector512<double> isCovered = Vector512.GreaterThanOrEqual(xs, px) & Vector512.GreaterThanOrEqual(ys, py);
            ulong covered = isCovered.ExtractMostSignificantBits(); // what lies behind the last point too
            if (covered != 0 || kept != start)
            {
                Vector512<double> zs = Load(_zs, start);
                Pack(xs, isCovered, covered).StoreUnsafe(ref _xs[kept]);
                Pack(ys, isCovered, covered).StoreUnsafe(ref _ys[kept]);
                Pack(zs, isCovered, covered).StoreUnsafe(ref _zs[kept]);
                int before = Math.Clamp(above - start, 0, Lanes);
                place -= BitOperations.PopCount(covered & ((1UL << before) - 1));
            }

            kept += Lanes - BitOperations.PopCount(covered);
        }

        ForgetFrom(kept);
        Shift(_xs, place, x);
        Shift(_ys, place, y);
        Shift(_zs, place, z);
        _count++;
    }

    // The lanes that are not dropped, side by side, and behind them what is worse than all.
    private static Vector512<double> Pack(Vector512<double> values, Vector512<double> isDropped, ulong dropped)
    {
        Vector512<double> packed = Vector512.Create(double.PositiveInfinity);
        if (Avx512F.IsSupported)
        {
            return Avx512F.Compress(packed, ~isDropped, values);
        }

        int count = 0;
        for (ulong lanes = ~dropped & AllLanes; lanes != 0; lanes &= lanes - 1)
        {
            packed = packed.WithElement(count++, values[BitOperations.TrailingZeroCount(lanes)]);
        }

        return packed;
    }

    private int CountNotAbove(double z)
    {
        if (_count > LinearLimit)
        {
            return Staircase.CountNotAbove(_zs.AsSpan(0, _count), z);
        }

        Vector512<double> limit = Vector512.Create(z);
        int start = 0;
        ulong above = 0;
        while ((above = Vector512.GreaterThan(Load(_zs, start), limit).ExtractMostSignificantBits()) == 0)
        {
            start += Lanes;
        }

        return start + BitOperations.TrailingZeroCount(above);
    }

    private void Shift(double[] values, int place, double value)
    {
        if (_count - place <= Lanes)
        {
            Load(values, place).StoreUnsafe(ref values[place + 1]);
        }
        else
        {
            values.AsSpan(place, _count - place).CopyTo(values.AsSpan(place + 1));
        }

        values[place] = value;
    }

    private void ForgetFrom(int count)
    {
        for (; _count > count; _count--)
        {
            (_xs[_count - 1], _ys[_count - 1], _zs[_count - 1]) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        }
    }

    private static double Least(Vector512<double> values)
    {
        Vector256<double> half = Vector256.Min(values.GetLower(), values.GetUpper());
        return Math.Min(Math.Min(half[0], half[1]), Math.Min(half[2], half[3]));
    }

    private static Vector512<double> Load(double[] values, int start) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)start);
}
