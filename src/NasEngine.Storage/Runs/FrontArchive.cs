using NasEngine.Numerics.Pareto;

namespace NasEngine.Storage.Runs;

/// <summary>The non-dominated ones of what was added so far; equal cost vectors are all kept.</summary>
/// <remarks>
/// Members are sorted by their costs, lexicographically, so that with one or two objectives a look-up is a binary search: the second costs
/// descend along the front. With more, whatever dominates a vector comes before it, and those are compared one after the other.
/// </remarks>
internal sealed class FrontArchive<T>(int objectives)
{
    private const int SweptObjectives = 2;

    private readonly List<(double[] Costs, T Item)> _members = [];

    /// <summary>Gets the members, in the lexicographic order of their costs.</summary>
    public IReadOnlyList<(double[] Costs, T Item)> Members => _members;

    /// <summary>Says whether a member dominates some costs.</summary>
    public bool Covers(ReadOnlySpan<double> costs)
    {
        int end = Place(costs);
        if (objectives <= SweptObjectives)
        {
            return end > 0 && Dominance.Dominates(_members[end - 1].Costs, costs);
        }

        for (int i = 0; i < end; i++)
        {
            if (Dominance.Dominates(_members[i].Costs, costs))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds what no member dominates, and drops the members that it dominates.</summary>
    /// <param name="costs">Its costs, no NaN; they are copied.</param>
    /// <param name="item">What they belong to.</param>
    public void Add(ReadOnlySpan<double> costs, T item)
    {
        int place = Place(costs);
        double[] kept = costs.ToArray();
        int end = place;
        if (objectives <= SweptObjectives)
        {
            while (end < _members.Count && Dominance.Dominates(kept, _members[end].Costs))
            {
                end++;
            }

            _members.RemoveRange(place, end - place);
        }
        else
        {
            _members.RemoveAll(member => Dominance.Dominates(kept, member.Costs));
        }

        _members.Insert(place, (kept, item));
    }

    // The number of members whose costs come before these or are equal to them.
    private int Place(ReadOnlySpan<double> costs)
    {
        int low = 0;
        int high = _members.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_members[middle].Costs.AsSpan().SequenceCompareTo(costs) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
