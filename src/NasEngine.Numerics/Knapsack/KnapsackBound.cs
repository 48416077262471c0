namespace NasEngine.Numerics.Knapsack;

/// <summary>Bounds the score of partial choices, by one linear relaxation for each cost and one for both together.</summary>
internal sealed class KnapsackBound
{
    private readonly double[][] _weights;
    private readonly double[] _budgets;
    private readonly LinearBound[][] _remaining;

    /// <param name="parts">The parts in the order they are decided in, without dominated items.</param>
    /// <param name="budgets">The most of each cost; infinite ones bind nothing.</param>
    public KnapsackBound(IReadOnlyList<KnapsackLayer> parts, double[] budgets)
    {
        _weights = Weights(budgets);
        _budgets = [.. _weights.Select(weights => Weigh(weights, budgets))];
        _remaining = [.. _weights.Select(weights => Suffixes([.. parts.Select(part => LinearBound.Hull(Enumerable.Range(0, part.Count).Select(row => (Weigh(weights, part.Row(row)), part.Row(row)[^1]))))]))];
    }

    /// <summary>Gives a score that no completion of a partial choice is below; infinite if none fits.</summary>
    /// <param name="decided">How many parts are decided.</param>
    /// <param name="row">The costs and the score of the partial choice.</param>
    public double Score(int decided, ReadOnlySpan<double> row)
    {
        double bound = double.NegativeInfinity;
        for (int index = 0; index < _weights.Length; index++)
        {
            bound = Math.Max(bound, _remaining[index][decided].Score(_budgets[index] - Weigh(_weights[index], row)));
        }

        return row[^1] + bound;
    }

    // An infinite budget has no weight; with two finite ones, both count alike in a third relaxation.
    private static double[][] Weights(double[] budgets)
    {
        List<double[]> weights = [.. Enumerable.Range(0, budgets.Length).Where(cost => double.IsFinite(budgets[cost])).Select(cost => Unit(budgets.Length, cost))];
        if (weights.Count == 2)
        {
            weights.Add([.. budgets.Select(budget => 1 / Math.Max(Math.Abs(budget), 1e-300))]);
        }

        return weights.Count > 0 ? [.. weights] : [new double[budgets.Length]];
    }

    private static double[] Unit(int count, int place)
    {
        double[] unit = new double[count];
        unit[place] = 1;
        return unit;
    }

    private static double Weigh(double[] weights, ReadOnlySpan<double> costs)
    {
        double sum = 0;
        for (int cost = 0; cost < weights.Length; cost++)
        {
            sum += weights[cost] == 0 ? 0 : weights[cost] * costs[cost];
        }

        return sum;
    }

    private static LinearBound[] Suffixes((double, double)[][] hulls) =>
        [.. Enumerable.Range(0, hulls.Length + 1).Select(decided => new LinearBound(hulls.Skip(decided)))];
}
