using NasEngine.Numerics.Pareto;

namespace NasEngine.Search.NsgaII;

/// <summary>Ranks a pool and keeps its best: by front, within the last front by crowding distance.</summary>
/// <remarks>
/// Deb, Pratap, Agarwal, Meyarivan 2002, sections III-A, III-B and VI (constrained dominance): what is within the limits
/// beats what is not; of two beyond them, the smaller violation wins.
/// </remarks>
internal static class Survival
{
    public static List<Individual> Select(IReadOnlyList<Individual> pool, int size)
    {
        Rank(pool);
        List<Individual> survivors = new(size);
        foreach (IGrouping<int, Individual> front in pool.GroupBy(individual => individual.Rank).OrderBy(front => front.Key))
        {
            Individual[] members = [.. front];
            Crowd(members);
            survivors.AddRange(members.OrderByDescending(member => member.Crowding).Take(size - survivors.Count));
            if (survivors.Count == size)
            {
                break;
            }
        }

        return survivors;
    }

    private static void Rank(IReadOnlyList<Individual> pool)
    {
        Individual[] feasible = [.. pool.Where(individual => individual.Violation == 0)];
        int worst = -1;
        if (feasible.Length > 0)
        {
            int[] ranks = new int[feasible.Length];
            ParetoSort.AssignRanks([.. feasible.SelectMany(individual => individual.Costs)], feasible[0].Costs.Length, ranks);
            for (int index = 0; index < ranks.Length; index++)
            {
                feasible[index].Rank = ranks[index];
                worst = Math.Max(worst, ranks[index]);
            }
        }

        foreach (IGrouping<double, Individual> front in pool.Where(individual => individual.Violation > 0).GroupBy(individual => individual.Violation).OrderBy(front => front.Key))
        {
            worst++;
            foreach (Individual individual in front)
            {
                individual.Rank = worst;
            }
        }
    }

    private static void Crowd(Individual[] front)
    {
        double[] distances = new double[front.Length];
        CrowdingDistance.Assign([.. front.SelectMany(individual => individual.Costs)], front[0].Costs.Length, distances);
        for (int index = 0; index < distances.Length; index++)
        {
            front[index].Crowding = distances[index];
        }
    }
}
