using NasEngine.Numerics.Pareto;

namespace NasEngine.Search.NsgaIII;

/// <summary>Keeps the better fronts, and of the last one those whose reference points have fewest companions. Deb, Jain 2014, sections IV-B to IV-E.</summary>
internal sealed class NicheSurvival(int objectives, int size)
{
    private readonly CostNormalisation _normalisation = new(objectives);
    private readonly double[] _points = ReferencePoints.CreateAtMost(objectives, size);

    /// <summary>Selects the survivors.</summary>
    /// <param name="pool">Parents and children.</param>
    /// <param name="random">Decides between equals.</param>
    /// <returns>The survivors and their ranks: the front of those within the limits, then one rank for each violation beyond them.</returns>
    public (Assessed[] Survivors, int[] Ranks) Select(IReadOnlyList<Assessed> pool, Random random)
    {
        int[] ranks = Rank(pool);
        int[] best = [.. Enumerable.Range(0, pool.Count).OrderBy(index => ranks[index])];
        int last = best.Length <= size ? int.MaxValue : ranks[best[size - 1]];
        List<int> survivors = [.. best.Where(index => ranks[index] < last)];
        List<int> contenders = [.. best.Where(index => ranks[index] == last)];
        if (survivors.Count + contenders.Count <= size || contenders.Count == 0 || pool[contenders[0]].Violation > 0)
        {
            survivors.AddRange(contenders.Take(size - survivors.Count));
        }
        else
        {
            Fill(pool, survivors, contenders, ranks, random);
        }

        return ([.. survivors.Select(index => pool[index])], [.. survivors.Select(index => ranks[index])]);
    }

    private static int[] Rank(IReadOnlyList<Assessed> pool)
    {
        int[] ranks = new int[pool.Count];
        int[] feasible = [.. Enumerable.Range(0, pool.Count).Where(index => pool[index].Violation == 0)];
        int next = 0;
        if (feasible.Length > 0)
        {
            int[] fronts = new int[feasible.Length];
            ParetoSort.AssignRanks([.. feasible.SelectMany(index => pool[index].Costs)], pool[feasible[0]].Costs.Length, fronts);
            for (int place = 0; place < feasible.Length; place++)
            {
                ranks[feasible[place]] = fronts[place];
                next = Math.Max(next, fronts[place] + 1);
            }
        }

        foreach (IGrouping<double, int> equals in Enumerable.Range(0, pool.Count).Where(index => pool[index].Violation > 0).GroupBy(index => pool[index].Violation).OrderBy(group => group.Key))
        {
            foreach (int index in equals)
            {
                ranks[index] = next;
            }

            next++;
        }

        return ranks;
    }

    private void Fill(IReadOnlyList<Assessed> pool, List<int> survivors, List<int> contenders, int[] ranks, Random random)
    {
        int[] considered = [.. survivors, .. contenders];
        double[][] costs = [.. considered.Select(index => pool[index].Costs)];
        double[][] normalised = _normalisation.Apply(costs, [.. considered.Select(index => ranks[index] == 0)]);
        (int Niche, double Distance)[] places = [.. normalised.Select(Nearest)];
        int[] companions = new int[_points.Length / objectives];
        for (int index = 0; index < survivors.Count; index++)
        {
            companions[places[index].Niche]++;
        }

        List<(int Index, int Niche, double Distance)> open = [.. contenders.Select((index, place) => (index, places[survivors.Count + place].Niche, places[survivors.Count + place].Distance))];
        while (survivors.Count < size)
        {
            int fewest = open.Min(contender => companions[contender.Niche]);
            int[] niches = [.. open.Select(contender => contender.Niche).Where(niche => companions[niche] == fewest).Distinct()];
            int niche = niches[random.Next(niches.Length)];
            (int, int, double)[] members = [.. open.Where(contender => contender.Niche == niche)];
            (int Index, int, double) chosen = fewest == 0 ? members.MinBy(contender => contender.Item3) : members[random.Next(members.Length)];
            survivors.Add(chosen.Index);
            companions[niche]++;
            open.Remove(chosen);
        }
    }

    // The reference point whose line from the origin is nearest.
    private (int Niche, double Distance) Nearest(double[] costs)
    {
        (int Niche, double Distance) nearest = (0, double.PositiveInfinity);
        double length = costs.Sum(cost => cost * cost);
        for (int point = 0; point < _points.Length / objectives; point++)
        {
            ReadOnlySpan<double> direction = _points.AsSpan(point * objectives, objectives);
            (double along, double norm) = (0, 0);
            for (int index = 0; index < objectives; index++)
            {
                along += direction[index] * costs[index];
                norm += direction[index] * direction[index];
            }

            double distance = Math.Max(0, length - (along * along / norm));
            nearest = distance < nearest.Distance ? (point, distance) : nearest;
        }

        return nearest;
    }
}
