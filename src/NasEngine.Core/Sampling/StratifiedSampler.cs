using NasEngine.Core.Spaces;

namespace NasEngine.Core.Sampling;

/// <summary>Draws architectures that are spread evenly over a cost, such as the number of parameters.</summary>
/// <remarks>
/// The range between the cheapest and the dearest of some draws is cut into bins of equal width; each bin takes an equal share, its neighbours what it cannot
/// give. The number of tries is bounded, so that bins that nothing, or hardly anything, falls into end the drawing rather than hold it up.
/// </remarks>
public static class StratifiedSampler
{
    private const int TriesForEach = 200;

    /// <summary>Draws architectures without repeats.</summary>
    /// <param name="space">The space.</param>
    /// <param name="count">How many; fewer come back if the space has, or the tries find, fewer.</param>
    /// <param name="bins">Into how many bins the cost is cut; at least 1.</param>
    /// <param name="cost">Gives the cost of an architecture; finite.</param>
    /// <param name="random">The source of all draws.</param>
    public static IReadOnlyList<Genotype> Draw(SearchSpace space, int count, int bins, Func<Genotype, double> cost, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        IReadOnlyList<Genotype> spread = SpreadSampler.Draw(space, Math.Max(2 * bins, Math.Min(count, 1000)), random);
        double[] costs = [.. spread.Select(cost)];
        (double least, double most) = (costs.Min(), costs.Max());
        int share = (count + bins - 1) / bins;
        int[] taken = new int[bins];
        List<Genotype> drawn = [];
        HashSet<Genotype> seen = [];
        List<Genotype> spare = [];
        IEnumerable<Genotype> further = Enumerable.Range(0, TriesForEach).TakeWhile(_ => drawn.Count < count && seen.Count < space.Size)
            .SelectMany(_ => SpreadSampler.Draw(space, Math.Max(3, count), random));
        foreach (Genotype genotype in spread.Concat(further))
        {
            if (drawn.Count < count && seen.Add(genotype))
            {
                double place = most > least ? (cost(genotype) - least) / (most - least) * bins : 0;
                int bin = Math.Clamp((int)place, 0, bins - 1);
                (taken[bin]++ < share ? drawn : spare).Add(genotype);
            }
        }

        return [.. drawn, .. spare.Take(count - drawn.Count)];
    }
}
