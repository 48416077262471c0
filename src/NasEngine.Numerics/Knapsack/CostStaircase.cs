namespace NasEngine.Numerics.Knapsack;

/// <summary>The best scores by a second cost among the rows that were added so far: costs ascend, scores descend.</summary>
internal sealed class CostStaircase
{
    private readonly List<double> _costs = [];
    private readonly List<double> _scores = [];

    /// <summary>Adds a step, unless one that costs no more scores no worse.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(double cost, double score)
    {
        int place = _costs.BinarySearch(cost);
        int next = place < 0 ? ~place : place + 1; // costs are distinct
        if (next > 0 && _scores[next - 1] <= score)
        {
            return false;
        }

        int first = place < 0 ? next : place;
        int last = first;
        while (last < _costs.Count && _scores[last] >= score)
        {
            last++;
        }

        if (last > first)
        {
            (_costs[first], _scores[first]) = (cost, score);
            _costs.RemoveRange(first + 1, last - first - 1);
            _scores.RemoveRange(first + 1, last - first - 1);
        }
        else
        {
            _costs.Insert(first, cost);
            _scores.Insert(first, score);
        }

        return true;
    }
}
