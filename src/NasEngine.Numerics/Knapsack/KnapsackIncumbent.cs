namespace NasEngine.Numerics.Knapsack;

/// <summary>Finds a good choice quickly: its score is what partial choices must be able to reach.</summary>
internal static class KnapsackIncumbent
{
    /// <summary>Starts from the items that cost least in all costs together and exchanges one item at a time for what saves most score for its cost.</summary>
    /// <param name="parts">The undominated items of each part.</param>
    /// <param name="budgets">The most of each cost.</param>
    /// <returns>The score, or infinity if the start is beyond a budget already.</returns>
    public static double Find(IReadOnlyList<KnapsackLayer> parts, double[] budgets)
    {
        double[] weights = [.. budgets.Select(budget => double.IsFinite(budget) ? 1 / Math.Max(Math.Abs(budget), 1e-300) : 0)];
        int[] chosen = [.. parts.Select(part => Enumerable.Range(0, part.Count).MinBy(item => Weigh(weights, part.Row(item))))];
        double[] total = new double[budgets.Length + 1];
        for (int part = 0; part < chosen.Length; part++)
        {
            Exchange(total, default, parts[part].Row(chosen[part]));
        }

        if (!Fits(total, default, default, budgets))
        {
            return double.PositiveInfinity;
        }

        while (BestExchange(parts, chosen, total, weights, budgets) is (int changed, int item))
        {
            Exchange(total, parts[changed].Row(chosen[changed]), parts[changed].Row(item));
            chosen[changed] = item;
        }

        return Enumerable.Range(0, chosen.Length).Sum(part => parts[part].Row(chosen[part])[^1]);
    }

    // What is better for no more cost comes first, by how much better it is.
    private static (int Part, int Item)? BestExchange(IReadOnlyList<KnapsackLayer> parts, int[] chosen, double[] total, double[] weights, double[] budgets)
    {
        (int, int)? best = null;
        (bool IsFree, double Gain) most = (false, 0);
        for (int part = 0; part < chosen.Length; part++)
        {
            ReadOnlySpan<double> old = parts[part].Row(chosen[part]);
            for (int item = 0; item < parts[part].Count; item++)
            {
                ReadOnlySpan<double> row = parts[part].Row(item);
                double saved = old[^1] - row[^1];
                double cost = Weigh(weights, row) - Weigh(weights, old);
                (bool IsFree, double Gain) gain = cost <= 0 ? (true, saved) : (false, saved / cost);
                if (saved > 0 && gain.CompareTo(most) > 0 && Fits(total, old, row, budgets))
                {
                    (best, most) = ((part, item), gain);
                }
            }
        }

        return best;
    }

    private static void Exchange(double[] total, ReadOnlySpan<double> old, ReadOnlySpan<double> row)
    {
        for (int index = 0; index < total.Length; index++)
        {
            total[index] += row[index] - (old.IsEmpty ? 0 : old[index]);
        }
    }

    private static bool Fits(double[] total, ReadOnlySpan<double> old, ReadOnlySpan<double> row, double[] budgets)
    {
        for (int cost = 0; cost < budgets.Length; cost++)
        {
            if (total[cost] + (row.IsEmpty ? 0 : row[cost] - old[cost]) > budgets[cost])
            {
                return false;
            }
        }

        return true;
    }

    private static double Weigh(double[] weights, ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int cost = 0; cost < weights.Length; cost++)
        {
            sum += weights[cost] * row[cost];
        }

        return sum;
    }
}
