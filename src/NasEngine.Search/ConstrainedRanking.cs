using NasEngine.Numerics.Pareto;

namespace NasEngine.Search;

/// <summary>Brings architectures into one order, whatever the number of objectives.</summary>
/// <remarks>
/// What is within the limits comes before what is not; of two beyond them, the smaller violation is better (constrained dominance: Deb, Pratap,
/// Agarwal, Meyarivan 2002, section VI). Within the limits, earlier fronts come first, and within a front what stands more alone.
/// With one objective, that is the order of its costs.
/// </remarks>
internal static class ConstrainedRanking
{
    /// <summary>Gives the place of each architecture in the order, from 0; of equals, the one that is given first comes first.</summary>
    public static int[] Places(IReadOnlyList<Assessed> pool)
    {
        int[] places = new int[pool.Count];
        int place = 0;
        foreach (int index in Order(pool))
        {
            places[index] = place++;
        }

        return places;
    }

    /// <summary>Gives the indices of the architectures, the best first.</summary>
    public static int[] Order(IReadOnlyList<Assessed> pool)
    {
        int[] feasible = [.. Enumerable.Range(0, pool.Count).Where(index => pool[index].Violation == 0)];
        int[] ranks = Ranks(pool, feasible);
        IEnumerable<int> within = Enumerable.Range(0, feasible.Length).GroupBy(place => ranks[place]).OrderBy(front => front.Key)
            .SelectMany(front => MostAloneFirst(pool, [.. front.Select(place => feasible[place])]));
        IEnumerable<int> beyond = Enumerable.Range(0, pool.Count).Where(index => pool[index].Violation > 0).OrderBy(index => pool[index].Violation);
        return [.. within, .. beyond];
    }

    /// <summary>Gives the indices of those that none is better than: the first front within the limits, most alone first, or else the least violation.</summary>
    public static int[] Best(IReadOnlyList<Assessed> pool)
    {
        int[] feasible = [.. Enumerable.Range(0, pool.Count).Where(index => pool[index].Violation == 0)];
        if (feasible.Length == 0)
        {
            double least = pool.Count == 0 ? 0 : pool.Min(member => member.Violation);
            return [.. Enumerable.Range(0, pool.Count).Where(index => pool[index].Violation == least)];
        }

        int[] ranks = Ranks(pool, feasible);
        return [.. MostAloneFirst(pool, [.. feasible.Where((_, place) => ranks[place] == 0)])];
    }

    private static int[] Ranks(IReadOnlyList<Assessed> pool, int[] members)
    {
        int[] ranks = new int[members.Length];
        if (members.Length > 0)
        {
            ParetoSort.AssignRanks([.. members.SelectMany(index => pool[index].Costs)], pool[members[0]].Costs.Length, ranks);
        }

        return ranks;
    }

    private static IEnumerable<int> MostAloneFirst(IReadOnlyList<Assessed> pool, int[] front)
    {
        double[] distances = new double[front.Length];
        CrowdingDistance.Assign([.. front.SelectMany(index => pool[index].Costs)], pool[front[0]].Costs.Length, distances);
        return Enumerable.Range(0, front.Length).OrderByDescending(place => distances[place]).Select(place => front[place]);
    }
}
