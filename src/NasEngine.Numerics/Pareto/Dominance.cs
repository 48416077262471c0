namespace NasEngine.Numerics.Pareto;

/// <summary>Compares two points by all of their costs.</summary>
public static class Dominance
{
    /// <summary>Says whether a point is no worse than another in any cost: weak dominance, which a point has over its equal too.</summary>
    /// <param name="first">Costs, <c>[m]</c>; smaller is better.</param>
    /// <param name="second">Costs, at least <c>[m]</c>.</param>
    public static bool IsNoWorse(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        for (int column = 0; column < first.Length; column++)
        {
            if (first[column] > second[column])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Says whether a point is no worse than another in any cost and better in one.</summary>
    /// <param name="first">Costs, <c>[m]</c>; smaller is better.</param>
    /// <param name="second">Costs, at least <c>[m]</c>.</param>
    public static bool Dominates(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        IsNoWorse(first, second) && !first.SequenceEqual(second[..first.Length]);
}
