namespace NasEngine.Numerics.Knapsack;

/// <summary>Chooses exactly one item of every part so that the summed score is least and the summed costs stay within budgets: exactly.</summary>
/// <remarks>
/// Dynamic programming over partial choices that no other is at least as good as in every cost and in the score (Nemhauser, Ullmann: Discrete Dynamic
/// Programming and Capital Allocation, 1969), with real numbers. Where one optimum is wanted, partial choices whose linear relaxation cannot
/// reach the best choice known are dropped as well. Sums of many numbers are rounded, so a cost counts as within its budget up to a relative 1e-12.
/// </remarks>
public static class MultipleChoiceKnapsack
{
    private const double Rounding = 1e-12;

    /// <summary>Finds the choice with the least score; of several, one with the least first cost.</summary>
    /// <param name="parts">At least one, all with the same number of costs.</param>
    /// <param name="budgets">The most that each cost may sum up to; infinite for no limit.</param>
    /// <returns>The optimum, or <see langword="null"/> if nothing is within the budgets; <see cref="LeastCosts"/> says what the cheapest items sum up to.</returns>
    /// <exception cref="ArgumentException">There is no part, the numbers of costs and budgets differ, or a budget is NaN.</exception>
    public static KnapsackChoice? Solve(IReadOnlyList<KnapsackPart> parts, params ReadOnlySpan<double> budgets)
    {
        double[] limits = Check(parts, budgets);
        if (Prepare(parts, limits) is not KnapsackLayer[] items)
        {
            return null;
        }

        int[] order = Order(items);
        KnapsackLayer[] ordered = [.. order.Select(part => items[part])];
        KnapsackBound bound = new(ordered, limits);
        double slack = Rounding * items.Sum(part => Enumerable.Range(0, part.Count).Max(item => Math.Abs(part.Row(item)[^1])));
        double incumbent = KnapsackIncumbent.Find(ordered, limits) + slack;
        List<KnapsackLayer> layers = Run(ordered, limits, (decided, row) => bound.Score(decided, row) <= incumbent);
        return layers[^1].Count == 0 ? null : Trace(parts, items, order, layers, Best(layers[^1]));
    }

    /// <summary>Finds every choice that no other is at least as good as: the whole trade-off between score and costs, from which the optimum for any budget can be read.</summary>
    /// <param name="parts">At least one, all with the same number of costs.</param>
    /// <param name="budgets">The most that each cost may sum up to; infinite for no limit.</param>
    /// <returns>The choices in ascending order of the first cost; with one cost, scores descend. None if nothing is within the budgets.</returns>
    /// <exception cref="ArgumentException">There is no part, the numbers of costs and budgets differ, or a budget is NaN.</exception>
    /// <remarks>Time and memory grow with the number of choices that are undominated on the way, which for real numbers can be exponential in the parts.</remarks>
    public static IReadOnlyList<KnapsackChoice> TradeOff(IReadOnlyList<KnapsackPart> parts, params ReadOnlySpan<double> budgets)
    {
        double[] limits = Check(parts, budgets);
        if (Prepare(parts, limits) is not KnapsackLayer[] items)
        {
            return [];
        }

        int[] order = Order(items);
        List<KnapsackLayer> layers = Run([.. order.Select(part => items[part])], limits, (_, _) => true);
        return [.. Enumerable.Range(0, layers[^1].Count).Select(row => Trace(parts, items, order, layers, row))];
    }

    /// <summary>Gives, for each cost, the sum over the parts of the cheapest item: no budget below it can be met.</summary>
    /// <param name="parts">At least one, all with the same number of costs.</param>
    public static IReadOnlyList<double> LeastCosts(IReadOnlyList<KnapsackPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return [.. Enumerable.Range(0, parts[0].CostCount).Select(cost => parts.Sum(part => Enumerable.Range(0, part.Count).Min(item => part.Costs[(item * part.CostCount) + cost])))];
    }

    private static double[] Check(IReadOnlyList<KnapsackPart> parts, ReadOnlySpan<double> budgets)
    {
        ArgumentNullException.ThrowIfNull(parts);
        double[] limits = budgets.ToArray();
        if (parts.Count == 0 || parts.Any(part => part.CostCount != limits.Length) || limits.Any(double.IsNaN))
        {
            throw new ArgumentException($"Expected parts with {limits.Length} costs, one for each budget, and no budget NaN; got {parts.Count} parts and budgets {string.Join(", ", limits)}.", nameof(budgets));
        }

        return [.. limits.Select(limit => double.IsFinite(limit) ? limit + (Rounding * Math.Abs(limit)) : limit)];
    }

    // Undominated items that fit beside the cheapest of all other parts; null if a part is left without any.
    private static KnapsackLayer[]? Prepare(IReadOnlyList<KnapsackPart> parts, double[] limits)
    {
        double[][] least = [.. parts.Select(part => Enumerable.Range(0, limits.Length).Select(cost => Enumerable.Range(0, part.Count).Min(item => part.Costs[(item * limits.Length) + cost])).ToArray())];
        double[] all = [.. Enumerable.Range(0, limits.Length).Select(cost => least.Sum(part => part[cost]))];
        KnapsackLayer[] items = [.. parts.Select((part, index) => Fitting(part, [.. limits.Select((limit, cost) => limit - (all[cost] - least[index][cost]))]).Undominated())];
        return Array.Exists(items, part => part.Count == 0) ? null : items;
    }

    private static KnapsackLayer Fitting(KnapsackPart part, double[] budgets)
    {
        KnapsackLayer layer = new(budgets.Length + 1);
        double[] row = new double[budgets.Length + 1];
        for (int item = 0; item < part.Count; item++)
        {
            part.Costs.AsSpan(item * budgets.Length, budgets.Length).CopyTo(row);
            row[^1] = part.Scores[item];
            if (Fits(row, budgets))
            {
                layer.Add(row, 0, item);
            }
        }

        return layer;
    }

    // Parts with many items first: the number of partial choices grows from one part to the next, and every one meets every item.
    private static int[] Order(KnapsackLayer[] items) => [.. Enumerable.Range(0, items.Length).OrderByDescending(part => items[part].Count)];

    private static List<KnapsackLayer> Run(KnapsackLayer[] parts, double[] limits, KeepPartialChoice keep)
    {
        KnapsackLayer start = new(limits.Length + 1);
        start.Add(new double[limits.Length + 1], 0, 0);
        List<KnapsackLayer> layers = [start];
        double[] rest = [.. Enumerable.Range(0, limits.Length).Select(cost => parts.Sum(part => Least(part, cost)))];
        double[] row = new double[limits.Length + 1];
        double[] budgets = new double[limits.Length];
        for (int decided = 1; decided <= parts.Length; decided++)
        {
            KnapsackLayer part = parts[decided - 1];
            for (int cost = 0; cost < limits.Length; cost++)
            {
                rest[cost] = decided == parts.Length ? 0 : rest[cost] - Least(part, cost);
                budgets[cost] = limits[cost] - rest[cost];
            }

            KnapsackLayer next = new(limits.Length + 1);
            for (int state = 0; state < layers[^1].Count; state++)
            {
                for (int item = 0; item < part.Count; item++)
                {
                    Add(layers[^1].Row(state), part.Row(item), row);
                    if (row[0] > budgets[0])
                    {
                        break; // items ascend in the first cost
                    }

                    if (Fits(row, budgets) && keep(decided, row))
                    {
                        next.Add(row, state, item);
                    }
                }
            }

            layers.Add(next.Undominated());
        }

        return layers;
    }

    private static KnapsackChoice Trace(IReadOnlyList<KnapsackPart> parts, KnapsackLayer[] items, int[] order, List<KnapsackLayer> layers, int row)
    {
        int[] chosen = new int[parts.Count];
        for (int decided = parts.Count; decided > 0; decided--)
        {
            int part = order[decided - 1];
            chosen[part] = items[part].Item(layers[decided].Item(row));
            row = layers[decided].Parent(row);
        }

        double score = 0;
        double[] costs = new double[parts[0].CostCount];
        for (int part = 0; part < chosen.Length; part++)
        {
            score += parts[part].Scores[chosen[part]];
            for (int cost = 0; cost < costs.Length; cost++)
            {
                costs[cost] += parts[part].Costs[(chosen[part] * costs.Length) + cost];
            }
        }

        return new KnapsackChoice(chosen, score, costs);
    }

    private static int Best(KnapsackLayer layer) => Enumerable.Range(0, layer.Count).MinBy(row => layer.Row(row)[^1]);

    private static double Least(KnapsackLayer part, int cost) => Enumerable.Range(0, part.Count).Min(row => part.Row(row)[cost]);

    private static void Add(ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> sum)
    {
        for (int index = 0; index < sum.Length; index++)
        {
            sum[index] = first[index] + second[index];
        }
    }

    private static bool Fits(ReadOnlySpan<double> row, ReadOnlySpan<double> budgets)
    {
        for (int cost = 0; cost < budgets.Length; cost++)
        {
            if (row[cost] > budgets[cost])
            {
                return false;
            }
        }

        return true;
    }

    private delegate bool KeepPartialChoice(int decided, ReadOnlySpan<double> row);
}
