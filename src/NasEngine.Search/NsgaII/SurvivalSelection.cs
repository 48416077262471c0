using NasEngine.Numerics.Pareto;
using NasEngine.Numerics.Sorting;

namespace NasEngine.Search.NsgaII;

/// <summary>Ranks a pool and chooses its best: by front, within the last front by crowding distance. Keeps its arrays from call to call.</summary>
/// <remarks>
/// Deb, Pratap, Agarwal, Meyarivan 2002, sections III-A, III-B and VI (constrained dominance): what is within the limits
/// beats what is not; of two beyond them, the smaller violation wins. Not thread-safe.
/// </remarks>
internal sealed class SurvivalSelection
{
    private int[] _ranks = [];
    private double[] _crowding = [];
    private int[] _byRank = [];
    private int[] _scratch = [];
    private double[] _values = [];

    /// <summary>Gets the front of each row of the last pool: 0 is the best.</summary>
    public ReadOnlySpan<int> Ranks => _ranks;

    /// <summary>Gets how alone each chosen row of the last pool stands in its front.</summary>
    public ReadOnlySpan<double> Crowding => _crowding;

    /// <summary>Chooses rows of a pool.</summary>
    /// <param name="costs">Row-major <c>[n × m]</c>, smaller is better.</param>
    /// <param name="columns"><c>m</c>.</param>
    /// <param name="violations">How far each row lies beyond the limits, <c>[n]</c>; 0 if within.</param>
    /// <param name="size">How many to choose.</param>
    /// <returns>The chosen rows, front by front; valid until the next call.</returns>
    public ReadOnlySpan<int> Choose(ReadOnlySpan<double> costs, int columns, ReadOnlySpan<double> violations, int size)
    {
        int rows = violations.Length;
        Reserve(rows, columns);
        int fronts = Rank(costs, columns, violations);
        Span<int> ends = _scratch.AsSpan(0, fronts);
        ends.Clear();
        foreach (int rank in _ranks.AsSpan(0, rows))
        {
            ends[rank]++;
        }

        int sum = 0;
        foreach (ref int end in ends)
        {
            (end, sum) = (sum, sum + end);
        }

        for (int row = 0; row < rows; row++)
        {
            _byRank[ends[_ranks[row]]++] = row;
        }

        int chosen = 0;
        size = Math.Min(size, rows);
        for (int front = 0; chosen < size; front++)
        {
            Span<int> members = _byRank.AsSpan(chosen, ends[front] - chosen);
            Crowd(costs, columns, members, keepsOrder: chosen + members.Length <= size);
            chosen += members.Length;
        }

        return _byRank.AsSpan(0, size);
    }

    private void Reserve(int rows, int columns)
    {
        if (_ranks.Length < rows || _values.Length < rows * (columns + 1))
        {
            (_ranks, _byRank, _scratch) = (new int[rows], new int[rows], new int[rows]);
            (_crowding, _values) = (new double[rows], new double[rows * (columns + 1)]);
        }
    }

    private int Rank(ReadOnlySpan<double> costs, int columns, ReadOnlySpan<double> violations)
    {
        int rows = violations.Length;
        int feasible = 0;
        for (int row = 0; row < rows; row++)
        {
            if (violations[row] == 0)
            {
                _byRank[feasible] = row;
                costs.Slice(row * columns, columns).CopyTo(_values.AsSpan(feasible * columns));
                feasible++;
            }
        }

        Span<int> ranks = _scratch.AsSpan(0, feasible);
        ParetoSort.AssignRanks(_values.AsSpan(0, feasible * columns), columns, ranks);
        int fronts = 0;
        for (int place = 0; place < feasible; place++)
        {
            _ranks[_byRank[place]] = ranks[place];
            fronts = Math.Max(fronts, ranks[place] + 1);
        }

        return feasible == rows ? fronts : RankBeyond(violations, rows - feasible, fronts);
    }

    // Rows of equal violation share a front.
    private int RankBeyond(ReadOnlySpan<double> violations, int count, int fronts)
    {
        Span<double> keys = _values.AsSpan(0, count);
        Span<int> beyond = _byRank.AsSpan(0, count);
        int found = 0;
        for (int row = 0; row < violations.Length; row++)
        {
            if (violations[row] != 0)
            {
                (keys[found], beyond[found]) = (violations[row], row);
                found++;
            }
        }

        KeyOrder.Sort(keys, beyond);
        for (int place = 0; place < count; place++)
        {
            fronts += place == 0 || keys[place] != keys[place - 1] ? 1 : 0;
            _ranks[beyond[place]] = fronts - 1;
        }

        return fronts;
    }

    private void Crowd(ReadOnlySpan<double> costs, int columns, Span<int> members, bool keepsOrder)
    {
        Span<double> front = _values.AsSpan(0, members.Length * columns);
        Span<double> distances = _values.AsSpan(front.Length, members.Length);
        for (int place = 0; place < members.Length; place++)
        {
            costs.Slice(members[place] * columns, columns).CopyTo(front[(place * columns)..]);
        }

        CrowdingDistance.Assign(front, columns, distances);
        for (int place = 0; place < members.Length; place++)
        {
            _crowding[members[place]] = distances[place];
            distances[place] = -distances[place];
        }

        if (!keepsOrder)
        {
            KeyOrder.Sort(distances, members);
        }
    }
}
