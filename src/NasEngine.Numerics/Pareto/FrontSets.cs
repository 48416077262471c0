using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NasEngine.Numerics.Pareto;

/// <summary>Fronts as sets of places in lexicographic order, each tested against the dominators of the next point.</summary>
/// <remarks>Small fronts are lists. One that has as many members as a set of bits has words becomes such a set: there are at most 64 of them.</remarks>
internal readonly ref struct FrontSets
{
    private const int WordBits = 64;
    private const int ListEnd = -1;

    private readonly int _words;
    private readonly int[] _newest;
    private readonly int[] _sizes;
    private readonly int[] _sets;
    private readonly int[] _previous;
    private readonly ulong[] _bits;
    private readonly int[] _used;

    /// <summary>Rents room for points whose sets take a number of words.</summary>
    public FrontSets(int points, int words)
    {
        _words = words;
        _newest = ArrayPool<int>.Shared.Rent(points);
        _sizes = ArrayPool<int>.Shared.Rent(points);
        _sets = ArrayPool<int>.Shared.Rent(points);
        _previous = ArrayPool<int>.Shared.Rent(points);
        _bits = ArrayPool<ulong>.Shared.Rent(WordBits * words);
        _used = ArrayPool<int>.Shared.Rent(2);
        _used.AsSpan(0, 2).Clear();
    }

    private ref int Fronts => ref _used[0];

    private ref int Sets => ref _used[1];

    /// <summary>Adds a point to the first front that holds none of its dominators.</summary>
    /// <param name="place">Its place; later than all before.</param>
    /// <param name="dominators">The places that dominate it, as bits up to its own place.</param>
    /// <returns>The front's index.</returns>
    public int Add(int place, ReadOnlySpan<ulong> dominators)
    {
        (int front, int high) = (0, Fronts);
        while (front < high)
        {
            int middle = (front + high) / 2;
            (front, high) = Holds(middle, dominators) ? (middle + 1, high) : (front, middle);
        }

        if (front == Fronts)
        {
            (_newest[front], _sizes[front], _sets[front]) = (ListEnd, 0, -1);
            Fronts++;
        }

        (_previous[place], _newest[front]) = (_newest[front], place);
        _sizes[front]++;
        if (_sets[front] >= 0)
        {
            Set(front)[place / WordBits] |= 1UL << (place % WordBits);
        }
        else if (_sizes[front] == _words)
        {
            MakeSet(front);
        }

        return front;
    }

    /// <summary>Gives the room back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_newest);
        ArrayPool<int>.Shared.Return(_sizes);
        ArrayPool<int>.Shared.Return(_sets);
        ArrayPool<int>.Shared.Return(_previous);
        ArrayPool<ulong>.Shared.Return(_bits);
        ArrayPool<int>.Shared.Return(_used);
    }

    private Span<ulong> Set(int front) => _bits.AsSpan(_sets[front] * _words, _words);

    private void MakeSet(int front)
    {
        _sets[front] = Sets++;
        Span<ulong> set = Set(front);
        set.Clear();
        for (int member = _newest[front]; member != ListEnd; member = _previous[member])
        {
            set[member / WordBits] |= 1UL << (member % WordBits);
        }
    }

    private bool Holds(int front, ReadOnlySpan<ulong> dominators)
    {
        if (_sets[front] >= 0)
        {
            return Intersects(Set(front)[..dominators.Length], dominators);
        }

        int member = _newest[front];
        while (member != ListEnd && (dominators[member / WordBits] >> (member % WordBits) & 1) == 0)
        {
            member = _previous[member];
        }

        return member != ListEnd;
    }

    private static bool Intersects(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
    {
        ReadOnlySpan<Vector<ulong>> firstWide = MemoryMarshal.Cast<ulong, Vector<ulong>>(first);
        ReadOnlySpan<Vector<ulong>> secondWide = MemoryMarshal.Cast<ulong, Vector<ulong>>(second);
        for (int word = 0; word < firstWide.Length; word++)
        {
            if ((firstWide[word] & secondWide[word]) != Vector<ulong>.Zero)
            {
                return true;
            }
        }

        for (int word = firstWide.Length * Vector<ulong>.Count; word < first.Length; word++)
        {
            if ((first[word] & second[word]) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
