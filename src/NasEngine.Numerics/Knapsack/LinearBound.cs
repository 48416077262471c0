namespace NasEngine.Numerics.Knapsack;

/// <summary>The least score that the remaining parts can add within a budget if items may be mixed: a bound for every real choice.</summary>
/// <remarks>
/// The linear relaxation of the multiple-choice knapsack: the steps of the parts' lower convex hulls, taken in order of how much score they save for
/// their cost (Sinha, Zoltners: The Multiple-Choice Knapsack Problem, 1979). Several costs are weighted into one, which relaxes the problem further.
/// </remarks>
internal sealed class LinearBound
{
    private readonly double[] _costs;
    private readonly double[] _scores;

    /// <param name="hulls">The lower convex hull of each remaining part: costs ascending, scores descending.</param>
    public LinearBound(IEnumerable<(double Cost, double Score)[]> hulls)
    {
        (double Cost, double Score) total = (0, 0);
        List<(double Cost, double Score)> steps = [];
        foreach ((double Cost, double Score)[] hull in hulls)
        {
            total = (total.Cost + hull[0].Cost, total.Score + hull[0].Score);
            for (int corner = 1; corner < hull.Length; corner++)
            {
                steps.Add((hull[corner].Cost - hull[corner - 1].Cost, hull[corner].Score - hull[corner - 1].Score));
            }
        }

        _costs = new double[steps.Count + 1];
        _scores = new double[steps.Count + 1];
        (_costs[0], _scores[0]) = total;
        int place = 1;
        foreach ((double cost, double score) in steps.OrderBy(step => step.Score / step.Cost))
        {
            _costs[place] = _costs[place - 1] + cost;
            _scores[place] = _scores[place - 1] + score;
            place++;
        }
    }

    /// <summary>Gives the bound; infinite if even the cheapest items do not fit.</summary>
    public double Score(double budget)
    {
        if (budget < _costs[0])
        {
            return double.PositiveInfinity;
        }

        int place = Array.BinarySearch(_costs, budget);
        if (place >= 0)
        {
            return _scores[place];
        }

        int next = ~place;
        if (next == _costs.Length)
        {
            return _scores[^1];
        }

        double share = (budget - _costs[next - 1]) / (_costs[next] - _costs[next - 1]);
        return _scores[next - 1] + (share * (_scores[next] - _scores[next - 1]));
    }

    /// <summary>Gives the corners of the lower convex hull of points: the cheapest first, then those that save most for their cost.</summary>
    public static (double Cost, double Score)[] Hull(IEnumerable<(double Cost, double Score)> points)
    {
        List<(double Cost, double Score)> hull = [];
        foreach ((double Cost, double Score) point in points.OrderBy(point => point.Cost).ThenBy(point => point.Score))
        {
            if (hull.Count > 0 && point.Score >= hull[^1].Score)
            {
                continue;
            }

            while (hull.Count > 1 && (hull[^1].Score - hull[^2].Score) * (point.Cost - hull[^2].Cost) >= (point.Score - hull[^2].Score) * (hull[^1].Cost - hull[^2].Cost))
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(point);
        }

        return [.. hull];
    }
}
