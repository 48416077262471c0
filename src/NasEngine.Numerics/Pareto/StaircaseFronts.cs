using System.Buffers;

namespace NasEngine.Numerics.Pareto;

/// <summary>Fronts of three objectives while points come in the order of the first: each front is the staircase of the other two.</summary>
/// <remarks>
/// What a front dominates, every better front dominates too, so that a binary search over the fronts, with a binary search over the
/// steps of each, places a point. All staircases share one pool of steps: one that outgrows its room moves to the end with twice as much.
/// </remarks>
internal ref struct StaircaseFronts
{
    private const int FirstRoom = 4;
    private const int StepsPerPoint = 4; // the rooms a front has had and left never take more than its present one, which is at most twice its points

    private readonly double[] _ys;
    private readonly double[] _zs;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _rooms;
    private int _used;
    private int _fronts;

    /// <summary>Rents room for a number of points.</summary>
    public StaircaseFronts(int points)
    {
        _ys = ArrayPool<double>.Shared.Rent(StepsPerPoint * points);
        _zs = ArrayPool<double>.Shared.Rent(StepsPerPoint * points);
        _starts = ArrayPool<int>.Shared.Rent(points);
        _counts = ArrayPool<int>.Shared.Rent(points);
        _rooms = ArrayPool<int>.Shared.Rent(points);
    }

    /// <summary>Adds a point to the first front that does not dominate it.</summary>
    /// <returns>The front's index.</returns>
    public int Add(double y, double z)
    {
        (int front, int high) = (0, _fronts);
        while (front < high)
        {
            int middle = (front + high) / 2;
            int before = NotAbove(middle, y);
            bool dominates = before > 0 && _zs[_starts[middle] + before - 1] <= z;
            (front, high) = dominates ? (middle + 1, high) : (front, middle);
        }

        if (front == _fronts)
        {
            (_starts[front], _counts[front], _rooms[front]) = (_used, 0, FirstRoom);
            _used += FirstRoom;
            _fronts++;
        }

        Insert(front, y, z);
        return front;
    }

    /// <summary>Gives the room back.</summary>
    public readonly void Dispose()
    {
        ArrayPool<double>.Shared.Return(_ys);
        ArrayPool<double>.Shared.Return(_zs);
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_counts);
        ArrayPool<int>.Shared.Return(_rooms);
    }

    // y ascends and z descends along the steps.
    private readonly int NotAbove(int front, double y) => Staircase.CountNotAbove(_ys.AsSpan(_starts[front], _counts[front]), y);

    private void Insert(int front, double y, double z)
    {
        (int start, int count) = (_starts[front], _counts[front]);
        int first = NotAbove(front, y);
        if (first > 0 && _ys[start + first - 1] == y)
        {
            first--; // a step of equal y lies above: it would dominate the point otherwise
        }

        int last = first;
        while (last < count && _zs[start + last] >= z)
        {
            last++;
        }

        if (last == first && count == _rooms[front])
        {
            start = Move(front);
        }

        if (last != first + 1)
        {
            int moved = count - last;
            _ys.AsSpan(start + last, moved).CopyTo(_ys.AsSpan(start + first + 1));
            _zs.AsSpan(start + last, moved).CopyTo(_zs.AsSpan(start + first + 1));
        }

        (_ys[start + first], _zs[start + first]) = (y, z);
        _counts[front] = count + 1 - (last - first);
    }

    private int Move(int front)
    {
        (int from, int count) = (_starts[front], _counts[front]);
        _ys.AsSpan(from, count).CopyTo(_ys.AsSpan(_used));
        _zs.AsSpan(from, count).CopyTo(_zs.AsSpan(_used));
        (_starts[front], _rooms[front]) = (_used, 2 * count);
        _used += 2 * count;
        return _starts[front];
    }
}
