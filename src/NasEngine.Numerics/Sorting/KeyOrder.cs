using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NasEngine.Numerics.Sorting;

/// <summary>Sorts numbers and what lies beside them, in linear time for most.</summary>
/// <remarks>
/// A radix sort by two digits of 64-bit words, each the leading bits in which the keys differ at all with the key's place behind them,
/// then a pass of insertion over the whole keys. That has little left to do unless the keys lie in tight clusters, which a comparison sort takes over.
/// Scratch comes from the array pool.
/// </remarks>
public static class KeyOrder
{
    private const int InsertionLimit = 24;
    private const int LeastDigit = 8;
    private const int LargestDigit = 12;
    private const int SpareBits = 8; // two digits together have so many bits more than places: few keys are left unordered
    private const int MovesPerKey = 4;

    /// <summary>Sorts the keys ascending and moves the items along; items of equal keys keep their order.</summary>
    /// <param name="keys"><c>[n]</c>, no NaN.</param>
    /// <param name="items">What lies beside them, <c>[n]</c>.</param>
    public static void Sort(Span<double> keys, Span<int> items)
    {
        if (keys.Length <= InsertionLimit)
        {
            Insert(keys, items);
            return;
        }

        double[] copy = ArrayPool<double>.Shared.Rent(keys.Length);
        int[] places = ArrayPool<int>.Shared.Rent(2 * keys.Length);
        Span<int> moved = places.AsSpan(keys.Length, keys.Length);
        keys.CopyTo(copy);
        items.CopyTo(moved);
        Order(copy.AsSpan(0, keys.Length), places.AsSpan(0, keys.Length), keys);
        for (int place = 0; place < items.Length; place++)
        {
            items[place] = moved[places[place]];
        }

        ArrayPool<double>.Shared.Return(copy);
        ArrayPool<int>.Shared.Return(places);
    }

    /// <summary>Gives the places of the keys in ascending order, and the keys so; equal keys keep their order.</summary>
    /// <param name="keys"><c>[n]</c>, no NaN.</param>
    /// <param name="places">Receives <c>[n]</c> places, from 0.</param>
    /// <param name="sorted">Receives <c>[n]</c> keys.</param>
    public static void Order(ReadOnlySpan<double> keys, Span<int> places, Span<double> sorted)
    {
        int count = keys.Length;
        ulong differing = count <= InsertionLimit ? 0 : Differing(keys);
        if (differing == 0)
        {
            Restart(keys, places, sorted);
            Insert(sorted, places); // does nothing where all keys are the same or ascend
            return;
        }

        ulong[] rented = ArrayPool<ulong>.Shared.Rent(2 * count);
        Span<ulong> words = rented.AsSpan(0, count);
        Span<ulong> scratch = rented.AsSpan(count, count);
        ulong placeMask = ulong.MaxValue >> BitOperations.LeadingZeroCount((ulong)(count - 1));
        int digit = Math.Clamp((BitOperations.Log2((uint)count) + SpareBits + 1) / 2, LeastDigit, LargestDigit);
        Pack(keys, words, BitOperations.LeadingZeroCount(differing), placeMask);
        if (!TryInsert(keys, Radix(words, scratch, digit), placeMask, sorted, places))
        {
            Restart(keys, places, sorted);
            Compare(sorted, places);
        }

        ArrayPool<ulong>.Shared.Return(rented);
    }

    // An unsigned integer in the order of the numbers; adding zero makes -0 and 0 one.
    private static ulong Bits(double key)
    {
        ulong raw = BitConverter.DoubleToUInt64Bits(key + 0.0);
        return raw ^ ((ulong)((long)raw >> 63) | 0x8000_0000_0000_0000);
    }

    // The bits in which not all keys are the same; none if the keys ascend already.
    private static ulong Differing(ReadOnlySpan<double> keys)
    {
        ulong first = Bits(keys[0]);
        ulong differing = 0;
        int descents = 0;
        double last = keys[0];
        foreach (double key in keys)
        {
            differing |= Bits(key) ^ first;
            descents |= Unsafe.BitCast<bool, byte>(last > key);
            last = key;
        }

        return descents == 0 ? 0 : differing;
    }

    private static void Pack(ReadOnlySpan<double> keys, Span<ulong> words, int common, ulong placeMask)
    {
        for (int place = 0; place < words.Length; place++)
        {
            words[place] = ((Bits(keys[place]) << common) & ~placeMask) | (uint)place;
        }
    }

    // By the second digit, then by the first.
    private static Span<ulong> Radix(Span<ulong> words, Span<ulong> scratch, int digit)
    {
        Span<int> starts = stackalloc int[2 << digit];
        starts.Clear();
        int size = 1 << digit;
        int firstShift = 64 - digit;
        int secondShift = firstShift - digit;
        ref int count = ref starts[0];
        foreach (ulong word in words)
        {
            Unsafe.Add(ref count, (int)(word >> secondShift) & (size - 1))++;
            Unsafe.Add(ref count, size + (int)(word >> firstShift))++;
        }

        Distribute(words, scratch, starts[..size], secondShift);
        Distribute(scratch, words, starts[size..], firstShift);
        return words;
    }

    private static void Distribute(ReadOnlySpan<ulong> from, Span<ulong> to, Span<int> starts, int shift)
    {
        int sum = 0;
        foreach (ref int start in starts)
        {
            (start, sum) = (sum, sum + start);
        }

        int mask = starts.Length - 1;
        ref int next = ref starts[0];
        ref ulong target = ref to[0];
        foreach (ulong word in from)
        {
            ref int place = ref Unsafe.Add(ref next, (int)(word >> shift) & mask);
            Unsafe.Add(ref target, place++) = word;
        }
    }

    private static bool TryInsert(ReadOnlySpan<double> keys, ReadOnlySpan<ulong> words, ulong placeMask, Span<double> sorted, Span<int> places)
    {
        int budget = MovesPerKey * words.Length;
        double last = double.NegativeInfinity;
        for (int place = 0; place < words.Length; place++)
        {
            int item = (int)(words[place] & placeMask);
            double key = keys[item];
            int gap = place;
            if (key < last)
            {
                for (; gap > 0 && sorted[gap - 1] > key; gap--)
                {
                    (sorted[gap], places[gap]) = (sorted[gap - 1], places[gap - 1]);
                }

                budget -= place - gap;
                if (budget < 0)
                {
                    return false;
                }
            }

            (sorted[gap], places[gap]) = (key, item);
            last = sorted[place];
        }

        return true;
    }

    private static void Compare(Span<double> sorted, Span<int> places)
    {
        sorted.Sort(places);
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            places[start..end].Sort();
            start = end;
        }
    }

    private static void Restart(ReadOnlySpan<double> keys, Span<int> places, Span<double> sorted)
    {
        keys.CopyTo(sorted);
        for (int place = 0; place < places.Length; place++)
        {
            places[place] = place;
        }
    }

    private static void Insert(Span<double> keys, Span<int> items)
    {
        for (int place = 1; place < keys.Length; place++)
        {
            (double key, int item) = (keys[place], items[place]);
            int gap = place;
            for (; gap > 0 && keys[gap - 1] > key; gap--)
            {
                (keys[gap], items[gap]) = (keys[gap - 1], items[gap - 1]);
            }

            (keys[gap], items[gap]) = (key, item);
        }
    }
}
