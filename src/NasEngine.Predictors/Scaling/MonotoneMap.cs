using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.Scaling;

/// <summary>A rising map between values and scores, linear between knots and beyond the outermost ones.</summary>
/// <remarks>
/// Normal scores give the place of a value among those seen as a quantile of the normal distribution: long tails and jumps of scale disappear,
/// order stays. Immutable and thread-safe.
/// </remarks>
internal sealed class MonotoneMap
{
    // So many knots follow any distribution closely, and a file with dozens of maps stays small.
    private const int MostKnots = 257;
    private const int KnotsOfOuterSlope = 4;

    private readonly double[] _values;
    private readonly double[] _scores;

    /// <summary>Initializes the map.</summary>
    /// <param name="values">Strictly ascending, at least two.</param>
    /// <param name="scores">Strictly ascending, as many.</param>
    public MonotoneMap(double[] values, double[] scores) => (_values, _scores) = (values, scores);

    public IReadOnlyList<double> Values => _values;

    public IReadOnlyList<double> Scores => _scores;

    /// <summary>Says whether knots are those of a map.</summary>
    public static bool IsRising(IReadOnlyList<double> knots) => knots.Count >= 2 && Enumerable.Range(1, knots.Count - 1).All(index => knots[index] > knots[index - 1]);

    /// <summary>Gives the map to normal scores; equal values share the score of their mean place.</summary>
    /// <param name="sample">The values seen.</param>
    /// <returns><see langword="null"/> if all values are equal.</returns>
    public static MonotoneMap? ToNormalScores(ReadOnlySpan<double> sample)
    {
        double[] sorted = sample.ToArray();
        Array.Sort(sorted);
        List<(double Value, double Score)> knots = [];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; to++)
            {
            }

            knots.Add((sorted[from], NormalQuantile.Of((from + to) / (2.0 * sorted.Length))));
        }

        if (knots.Count > MostKnots)
        {
            knots = [.. Enumerable.Range(0, MostKnots).Select(index => knots[(int)((long)index * (knots.Count - 1) / (MostKnots - 1))])];
        }

        return knots.Count < 2 ? null : new MonotoneMap([.. knots.Select(knot => knot.Value)], [.. knots.Select(knot => knot.Score)]);
    }

    /// <summary>Says whether scores are little else than values in another unit.</summary>
    /// <param name="sample">Values.</param>
    /// <param name="correlation">The least correlation of values and scores that counts as such.</param>
    public bool IsNearlyLinear(double[] sample, double correlation) => RankStatistics.Pearson(sample, [.. sample.Select(Score)]) >= correlation;

    /// <summary>Brings a value that lies far beyond those seen back to a quarter of their range beyond them: no fit knows anything of what is farther.</summary>
    public double LimitValue(double value) => Limit(_values, value);

    /// <summary>Does for a score what <see cref="LimitValue"/> does for a value.</summary>
    public double LimitScore(double score) => Limit(_scores, score);

    /// <summary>Gives the score of a value.</summary>
    public double Score(double value) => value < _values[0] ? _scores[0] + ((value - _values[0]) / OuterSlope(0))
        : value > _values[^1] ? _scores[^1] + ((value - _values[^1]) / OuterSlope(_values.Length - 1))
        : Interpolate(_values, _scores, value);

    /// <summary>Gives the value that has a score.</summary>
    public double Value(double score) => score < _scores[0] ? _values[0] + ((score - _scores[0]) * OuterSlope(0))
        : score > _scores[^1] ? _values[^1] + ((score - _scores[^1]) * OuterSlope(_scores.Length - 1))
        : Interpolate(_scores, _values, score);

    private static double Limit(double[] seen, double at)
    {
        double beyond = (seen[^1] - seen[0]) / 4;
        return Math.Clamp(at, seen[0] - beyond, seen[^1] + beyond);
    }

    // What a value grows by with its score beyond an end: as over the last few knots, since two outermost values that happen to be near or far say
    // little, and no more than over the whole map, or a long tail would run away.
    private double OuterSlope(int end)
    {
        int last = _values.Length - 1;
        int reach = Math.Min(KnotsOfOuterSlope, last);
        int inner = end == 0 ? reach : last - reach;
        return Math.Min((_values[inner] - _values[end]) / (_scores[inner] - _scores[end]), (_values[last] - _values[0]) / (_scores[last] - _scores[0]));
    }

    private static double Interpolate(double[] from, double[] to, double at)
    {
        int right = Array.BinarySearch(from, at);
        if (right >= 0)
        {
            return to[right];
        }

        right = ~right;
        double share = (at - from[right - 1]) / (from[right] - from[right - 1]);
        return to[right - 1] + (share * (to[right] - to[right - 1]));
    }
}
