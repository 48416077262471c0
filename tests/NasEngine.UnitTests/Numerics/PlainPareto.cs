namespace NasEngine.UnitTests.Numerics;

/// <summary>The kernels of the Pareto folder as their definitions say, without any haste.</summary>
internal static class PlainPareto
{
    public static double[][] RandomPoints(Random random, int rows, int columns, int levels) =>
        [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => levels == 0 ? random.NextDouble() : random.Next(levels) / (double)levels).ToArray())];

    public static int[] Ranks(double[][] points)
    {
        int[] ranks = Enumerable.Repeat(-1, points.Length).ToArray();
        for (int rank = 0; ranks.Contains(-1); rank++)
        {
            int[] left = [.. Enumerable.Range(0, points.Length).Where(index => ranks[index] < 0)];
            foreach (int index in left.Where(index => !left.Any(other => Dominates(points[other], points[index]))).ToArray())
            {
                ranks[index] = rank;
            }
        }

        return ranks;
    }

    public static bool Dominates(double[] first, double[] second) =>
        first.Zip(second).All(pair => pair.First <= pair.Second) && first.Zip(second).Any(pair => pair.First < pair.Second);

    /// <summary>Counts the cells of the grid that all coordinates span.</summary>
    public static double Hypervolume(double[][] points, double[] reference)
    {
        if (reference.Length == 0)
        {
            return points.Length > 0 ? 1 : 0;
        }

        double[][] inside = [.. points.Where(point => point.Zip(reference).All(pair => pair.First < pair.Second))];
        double[] cuts = [.. inside.Select(point => point[0]).Append(reference[0]).Distinct().Order()];
        return cuts.Zip(cuts.Skip(1)).Sum(slab => (slab.Second - slab.First)
            * Hypervolume([.. inside.Where(point => point[0] <= slab.First).Select(point => point[1..])], reference[1..]));
    }

    public static double[] Crowding(double[][] points)
    {
        double[] distances = new double[points.Length];
        for (int column = 0; column < points[0].Length; column++)
        {
            int[] order = [.. Enumerable.Range(0, points.Length).OrderBy(index => points[index][column])];
            double range = points[order[^1]][column] - points[order[0]][column];
            for (int place = 0; place < order.Length; place++)
            {
                bool isEnd = place == 0 || place == order.Length - 1;
                distances[order[place]] += isEnd ? double.PositiveInfinity : range > 0 ? (points[order[place + 1]][column] - points[order[place - 1]][column]) / range : 0;
            }
        }

        return distances;
    }
}
