using System.Numerics;
using System.Runtime.InteropServices;

namespace NasEngine.Search.Candidates;

/// <summary>Different candidates side by side in one block of memory, found again by a hash of their bytes.</summary>
/// <remarks>Linear probing; equal hashes are compared byte by byte, so that no candidate is ever taken for another.</remarks>
internal sealed class CandidateArena
{
    private const int Word = sizeof(ulong);

    private readonly int _genes;
    private readonly int _stride;
    private readonly byte[] _bytes;
    private readonly ulong[] _slots; // high half: half of the hash; low half: the candidate's number from 1, 0 where empty
    private readonly int _shift;

    /// <summary>Makes room.</summary>
    /// <param name="genes">Bytes of a candidate.</param>
    /// <param name="capacity">The largest number of candidates.</param>
    public CandidateArena(int genes, int capacity)
    {
        (_genes, _stride, Capacity) = (genes, Math.Max(1, (genes + Word - 1) / Word) * Word, capacity);
        _bytes = new byte[checked(_stride * (capacity + 1))];
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)(2 * capacity))];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
    }

    /// <summary>Gets the number of candidates.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the largest number of candidates.</summary>
    public int Capacity { get; }

    /// <summary>Gets the room of the next candidate.</summary>
    public Span<byte> Next => _bytes.AsSpan(Count * _stride, _genes);

    /// <summary>Gets a candidate.</summary>
    public ReadOnlySpan<byte> this[int candidate] => _bytes.AsSpan(candidate * _stride, _genes);

    /// <summary>Keeps what was written to <see cref="Next"/> unless an equal candidate is there.</summary>
    public bool TryKeep()
    {
        ReadOnlySpan<ulong> words = Words(Count);
        ulong hash = Hash(words);
        ulong tag = hash << 32;
        int slot = (int)(hash >> _shift);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            bool mayBe = (_slots[slot] >> 32) == (tag >> 32);
            if (mayBe && Words((int)(uint)_slots[slot] - 1).SequenceEqual(words))
            {
                return false;
            }
        }

        Count++;
        _slots[slot] = tag | (uint)Count;
        return true;
    }

    private ReadOnlySpan<ulong> Words(int candidate) => MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan(candidate * _stride, _stride));

    // Each word is folded in by a multiplication to 128 bits whose halves are mixed.
    private static ulong Hash(ReadOnlySpan<ulong> words)
    {
        ulong hash = 0x9E3779B97F4A7C15;
        foreach (ulong word in words)
        {
            ulong high = Math.BigMul(hash ^ word, 0xD6E8FEB86659FD93, out ulong low);
            hash = high ^ low ^ (hash << 1);
        }

        return (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9;
    }
}
