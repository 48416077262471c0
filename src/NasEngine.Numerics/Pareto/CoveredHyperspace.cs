using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NasEngine.Numerics.Pareto;

/// <summary>The space of four objectives that points cover while they come one at a time, in any order.</summary>
/// <remarks>
/// Points are kept in the order of the fourth objective. What a new one adds is swept along it: the others, cut to where they meet the
/// new one, fill its box of the first three objectives.
/// </remarks>
internal sealed class CoveredHyperspace : IDisposable
{
    private const int Columns = 4;
    private const int Lanes = 8;

    private readonly double[][] _values = new double[Columns][];
    private readonly double[] _reference;
    private readonly CoveredSpace _box;
    private int _count;

    /// <summary>Rents room for points.</summary>
    /// <param name="points">The largest number of points.</param>
    /// <param name="reference">The reference point; its first four values count. All points are better than it.</param>
    public CoveredHyperspace(int points, ReadOnlySpan<double> reference)
    {
        _reference = reference[..Columns].ToArray();
        _box = new CoveredSpace(points, reference);
        for (int column = 0; column < Columns; column++)
        {
            _values[column] = ArrayPool<double>.Shared.Rent(points + Lanes + 1);
        }

        Pad();
    }

    /// <summary>Gives the room back.</summary>
    public void Dispose()
    {
        _box.Dispose();
        foreach (double[] values in _values)
        {
            ArrayPool<double>.Shared.Return(values);
        }
    }

    /// <summary>Adds a point.</summary>
    /// <param name="point">Four values.</param>
    /// <returns>The volume that it adds; 0 if another covers it.</returns>
    public double Add(ReadOnlySpan<double> point)
    {
        double volume = Sweep(point[0], point[1], point[2], point[3]);
        if (volume > 0)
        {
            RemoveCovered(point);
            int place = Staircase.CountNotAbove(_values[3].AsSpan(0, _count), point[3]);
            for (int column = 0; column < Columns; column++)
            {
                double[] values = _values[column];
                values.AsSpan(place, _count - place).CopyTo(values.AsSpan(place + 1));
                values[place] = point[column];
            }

            _count++;
            Pad();
        }

        return volume;
    }

    private double Sweep(double x, double y, double z, double w)
    {
        double[] xs = _values[0];
        double[] ys = _values[1];
        double[] zs = _values[2];
        double[] ws = _values[3];
        (double right, double top, double back) = (_reference[0], _reference[1], _reference[2]);
        double all = (right - x) * (top - y) * (back - z);
        int level = Staircase.CountNotAbove(ws.AsSpan(0, _count), w);
        _box.Clear();
        bool isLevel = true; // up to here all meet the point at its own w: what they cover is measured once
        (double free, double volume) = (all, 0);
        for (int start = 0; start < _count; start += Lanes)
        {
            ulong inside = (Vector512.LessThan(Load(xs, start), Vector512.Create(right))
                & Vector512.LessThan(Load(ys, start), Vector512.Create(top))
                & Vector512.LessThan(Load(zs, start), Vector512.Create(back))).ExtractMostSignificantBits();
            for (; inside != 0; inside &= inside - 1)
            {
                int other = start + BitOperations.TrailingZeroCount(inside);
                (double otherX, double otherY, double otherZ) = (Math.Max(x, xs[other]), Math.Max(y, ys[other]), Math.Max(z, zs[other]));
                (bool meetsX, bool meetsY, bool meetsZ) = (otherX == x, otherY == y, otherZ == z);
                bool covers = meetsX && meetsY && meetsZ;
                if (other >= level)
                {
                    free = isLevel ? all - _box.Volume() : free;
                    isLevel = false;
                    volume += free * (ws[other] - w);
                    w = ws[other];
                    free -= covers ? free : _box.Add(otherX, otherY, otherZ);
                }
                else if (!covers)
                {
                    _box.Keep(otherX, otherY, otherZ);
                }

                if (covers)
                {
                    return volume;
                }

                right = meetsY && meetsZ ? Math.Min(right, otherX) : right;
                top = meetsX && meetsZ ? Math.Min(top, otherY) : top;
                back = meetsX && meetsY ? Math.Min(back, otherZ) : back;
            }
        }

        free = isLevel ? all - _box.Volume() : free;
        return volume + (free * (_reference[3] - w));
    }

    private void RemoveCovered(ReadOnlySpan<double> point)
    {
        int kept = Staircase.CountBelow(_values[3].AsSpan(0, _count), point[3]);
        for (int other = kept; other < _count; other++)
        {
            bool isCovered = _values[0][other] >= point[0] && _values[1][other] >= point[1] && _values[2][other] >= point[2];
            foreach (double[] values in _values)
            {
                values[kept] = values[other];
            }

            kept += isCovered ? 0 : 1;
        }

        _count = kept;
    }

    private void Pad()
    {
        foreach (double[] values in _values)
        {
            Vector512.Create(double.PositiveInfinity).StoreUnsafe(ref values[_count]);
        }
    }

    private static Vector512<double> Load(double[] values, int start) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)start);
}
