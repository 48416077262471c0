using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using NasEngine.Numerics.Sorting;

namespace NasEngine.Numerics.Pareto;

/// <summary>Fronts of any number of objectives: every point's dominators as a set of bits, one intersection an objective.</summary>
/// <remarks>
/// Bits stand for places in lexicographic order. A sweep through an objective in ascending order collects the points that are no worse
/// in it. Sets of bits for sorting: Moreno, Rodriguez, Nebro, Lozano: Merge Nondominated Sorting Algorithm for Many-Objective
/// Optimization, 2020. O(n²/64 · (m + log n)) for any points; sets are made for blocks of points, so that memory stays linear.
/// </remarks>
internal static class DominatorBits
{
    private const int WordBits = 64;
    private const int BlockWords = 1 << 18;

    /// <summary>Ranks points that are sorted.</summary>
    /// <param name="objectives">Row-major <c>[n × m]</c>, no NaN.</param>
    /// <param name="columns"><c>m</c>; at least 2.</param>
    /// <param name="order">The rows in lexicographic order, <c>[n]</c>.</param>
    /// <param name="ranks">Receives <c>[n]</c> front indices.</param>
    public static void Rank(ReadOnlySpan<double> objectives, int columns, ReadOnlySpan<int> order, Span<int> ranks)
    {
        int count = order.Length;
        int words = (count + WordBits - 1) / WordBits;
        int block = Math.Clamp(BlockWords / words, 1, count);
        int sweeps = columns - 1;
        double[] keys = ArrayPool<double>.Shared.Rent(sweeps * count);
        int[] places = ArrayPool<int>.Shared.Rent(sweeps * count);
        ulong[] rented = ArrayPool<ulong>.Shared.Rent((block + 1) * words);
        Span<ulong> better = rented.AsSpan(0, words);
        Span<ulong> dominators = rented.AsSpan(words, block * words);
        using FrontSets fronts = new(count, words);
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            Sort(objectives, columns, sweep + 1, order, keys.AsSpan(sweep * count, count), places.AsSpan(sweep * count, count));
        }

        for (int from = 0; from < count; from += block)
        {
            int to = Math.Min(from + block, count);
            FillEarlier(dominators, words, from, to);
            for (int sweep = 0; sweep < sweeps; sweep++)
            {
                Intersect(keys.AsSpan(sweep * count, count), places.AsSpan(sweep * count, count), better, dominators, from, to);
            }

            for (int place = from; place < to; place++)
            {
                int point = order[place];
                bool repeats = place > 0 && ParetoSort.AreEqual(objectives, columns, point, order[place - 1]);
                ranks[point] = repeats ? ranks[order[place - 1]] : fronts.Add(place, dominators.Slice((place - from) * words, (place / WordBits) + 1));
            }
        }

        ArrayPool<double>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(places);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    private static void Sort(ReadOnlySpan<double> objectives, int columns, int column, ReadOnlySpan<int> order, Span<double> keys, Span<int> places)
    {
        for (int place = 0; place < order.Length; place++)
        {
            (keys[place], places[place]) = (objectives[(order[place] * columns) + column], place);
        }

        KeyOrder.Sort(keys, places);
    }

    // In the first objective, what comes earlier is no worse.
    private static void FillEarlier(Span<ulong> dominators, int words, int from, int to)
    {
        for (int place = from; place < to; place++)
        {
            Span<ulong> row = dominators.Slice((place - from) * words, (place / WordBits) + 1);
            row.Fill(ulong.MaxValue);
            row[^1] = (1UL << (place % WordBits)) - 1;
        }
    }

    private static void Intersect(ReadOnlySpan<double> keys, ReadOnlySpan<int> places, Span<ulong> better, Span<ulong> dominators, int from, int to)
    {
        better.Clear();
        for (int start = 0; start < keys.Length;)
        {
            int end = start;
            for (; end < keys.Length && keys[end] == keys[start]; end++)
            {
                better[places[end] / WordBits] |= 1UL << (places[end] % WordBits);
            }

            for (; start < end; start++)
            {
                int place = places[start];
                if (place >= from && place < to)
                {
                    And(dominators.Slice((place - from) * better.Length, (place / WordBits) + 1), better);
                }
            }
        }
    }

    private static void And(Span<ulong> row, ReadOnlySpan<ulong> other)
    {
        int word = 0;
        Span<Vector<ulong>> wide = MemoryMarshal.Cast<ulong, Vector<ulong>>(row);
        ReadOnlySpan<Vector<ulong>> otherWide = MemoryMarshal.Cast<ulong, Vector<ulong>>(other[..row.Length]);
        for (; word < wide.Length; word++)
        {
            wide[word] &= otherWide[word];
        }

        for (word *= Vector<ulong>.Count; word < row.Length; word++)
        {
            row[word] &= other[word];
        }
    }
}
