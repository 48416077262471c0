namespace NasEngine.Search.Bayesian;

/// <summary>Cuts what a front leaves undominated, up to a reference point, into boxes that do not overlap.</summary>
/// <remarks>
/// Slabs between neighbouring values of the last objective, each cut in the remaining ones by the points that reach into it; equal neighbours
/// are joined. Boxes for n points: n + 1 for two objectives, at most of the order of n to the power of the objectives less one.
/// </remarks>
internal sealed class BoxDecomposition
{
    private readonly List<int[]> _boxes = [];

    /// <summary>Initializes the boxes.</summary>
    /// <param name="points">Costs; those not better than the reference in every objective do not matter. Dominated and equal ones are allowed.</param>
    /// <param name="reference">The reference point.</param>
    public BoxDecomposition(IEnumerable<double[]> points, double[] reference)
    {
        double[][] inside = [.. points.Where(point => point.Zip(reference).All(static pair => pair.First < pair.Second))];
        Levels = [.. reference.Select((limit, objective) => inside.Select(point => point[objective]).Append(limit).Prepend(double.NegativeInfinity).Distinct().Order().ToArray())];
        int[][] places = [.. inside.Select(point => point.Select((value, objective) => Array.BinarySearch(Levels[objective], value)).ToArray())];
        foreach ((int[] lows, int[] highs) in Cut(places, reference.Length))
        {
            _boxes.Add([.. lows, .. highs]);
        }
    }

    /// <summary>Gets the values at which boxes begin and end, for each objective: minus infinity, those of the points, the reference's.</summary>
    public double[][] Levels { get; }

    /// <summary>Gets the boxes: for each the places of its lower ends among the levels, then those of its upper ends.</summary>
    public IReadOnlyList<int[]> Boxes => _boxes;

    private List<(int[] Lows, int[] Highs)> Cut(int[][] points, int objectives)
    {
        int last = objectives - 1;
        if (objectives == 1)
        {
            return [([0], [points.Length == 0 ? Levels[0].Length - 1 : points.Min(point => point[0])])];
        }

        List<(int[] Lows, int[] Highs)> boxes = [];
        List<(int[] Lows, int[] Highs)> open = [];
        int[] ends = [.. points.Select(point => point[last]).Distinct().Order().Append(Levels[last].Length - 1)];
        int from = 0;
        foreach (int to in ends)
        {
            List<(int[] Lows, int[] Highs)> slab = Cut([.. points.Where(point => point[last] <= from)], last);
            List<(int[] Lows, int[] Highs)> next = [];
            foreach ((int[] lows, int[] highs) in slab)
            {
                int same = open.FindIndex(box => box.Lows.AsSpan(0, last).SequenceEqual(lows) && box.Highs.AsSpan(0, last).SequenceEqual(highs));
                next.Add(same >= 0 ? (open[same].Lows, [.. highs, to]) : ([.. lows, from], [.. highs, to]));
                if (same >= 0)
                {
                    open.RemoveAt(same);
                }
            }

            boxes.AddRange(open);
            (open, from) = (next, to);
        }

        boxes.AddRange(open);
        return boxes;
    }
}
