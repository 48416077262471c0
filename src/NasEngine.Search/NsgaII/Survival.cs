namespace NasEngine.Search.NsgaII;

/// <summary>Ranks a pool of evaluated architectures and keeps its best.</summary>
internal static class Survival
{
    /// <summary>Gives the survivors with their ranks and crowding distances.</summary>
    public static List<Individual> Select(IReadOnlyList<Individual> pool, int size, SurvivalSelection? selection = null)
    {
        selection ??= new SurvivalSelection();
        int columns = pool[0].Costs.Length;
        double[] costs = new double[pool.Count * columns];
        double[] violations = new double[pool.Count];
        for (int row = 0; row < violations.Length; row++)
        {
            pool[row].Costs.CopyTo(costs, row * columns);
            violations[row] = pool[row].Violation;
        }

        List<Individual> survivors = new(size);
        foreach (int row in selection.Choose(costs, columns, violations, size))
        {
            (pool[row].Rank, pool[row].Crowding) = (selection.Ranks[row], selection.Crowding[row]);
            survivors.Add(pool[row]);
        }

        return survivors;
    }
}
