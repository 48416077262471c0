namespace NasEngine.Numerics.Statistics;

/// <summary>The slope of a line through points that a few wild ones do not move (Theil, A Rank-Invariant Method of Linear and Polynomial Regression Analysis, 1950; Sen, 1968).</summary>
public static class TheilSen
{
    /// <summary>Gives the median of the slopes between all pairs of points that lie apart.</summary>
    /// <remarks>Up to 29 % of the points may be anything. Takes time and memory in proportion to the square of the number of points.</remarks>
    /// <param name="x">Where the points lie; finite.</param>
    /// <param name="y">As many values; finite.</param>
    /// <param name="leastDistance">How far apart in <paramref name="x"/> a pair has to be to count, so that scatter in <paramref name="x"/> does not flatten the slope; at least 0, where equal places do not count either.</param>
    /// <param name="leastPairs">The fewest pairs that give a slope; at least 1.</param>
    /// <returns>The slope, or NaN where fewer pairs lie apart.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double leastDistance = 0, int leastPairs = 1)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"There are {x.Length} places and {y.Length} values; there must be as many.", nameof(y));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(leastDistance);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastPairs, 1);
        List<double> slopes = [];
        for (int first = 0; first < x.Length; first++)
        {
            for (int second = first + 1; second < x.Length; second++)
            {
                double distance = x[second] - x[first];
                if (Math.Abs(distance) > leastDistance)
                {
                    slopes.Add((y[second] - y[first]) / distance);
                }
            }
        }

        return slopes.Count < leastPairs ? double.NaN : Descriptive.Median([.. slopes]);
    }
}
