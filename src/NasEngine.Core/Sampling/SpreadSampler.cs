using NasEngine.Core.Spaces;

namespace NasEngine.Core.Sampling;

/// <summary>Draws architectures that are spread from the smallest to the largest, for fitting predictors.</summary>
/// <remarks>
/// Uniform draws gather in the middle, where sums over many genes do, and leave a predictor to guess at the ends, where fronts lie.
/// So every second architecture is tilted: each of its genes is the least, or the greatest, of several draws.
/// </remarks>
public static class SpreadSampler
{
    // A space may have fewer architectures than are asked for; this many repeats in a row end the drawing.
    private const int MaxRepeats = 1000;

    /// <summary>Draws architectures without repeats: the smallest, the largest, then others.</summary>
    /// <param name="space">The space.</param>
    /// <param name="count">How many; fewer come back if the space has fewer.</param>
    /// <param name="random">The source of all draws; a longer list starts with the shorter one.</param>
    public static IReadOnlyList<Genotype> Draw(SearchSpace space, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(random);
        List<Genotype> drawn = [];
        HashSet<Genotype> seen = [];
        int repeats = 0;
        for (int index = 0; drawn.Count < count && repeats < MaxRepeats && drawn.Count < space.Size; index++)
        {
            Genotype genotype = index switch
            {
                0 => space.Smallest,
                1 => space.Largest,
                _ => Tilted(space, random, (index % 4) switch { 0 => -random.Next(1, 4), 2 => random.Next(1, 4), _ => 0 }),
            };
            if (seen.Add(genotype))
            {
                drawn.Add(genotype);
                repeats = 0;
            }
            else
            {
                repeats++;
            }
        }

        return drawn;
    }

    // tilt: how many further draws each gene takes the greatest (or, negative, the least) of.
    private static Genotype Tilted(SearchSpace space, Random random, int tilt)
    {
        byte[] choices = new byte[space.Genes.Length];
        for (int gene = 0; gene < choices.Length; gene++)
        {
            int count = space.Genes[gene].Choices.Length;
            int choice = random.Next(count);
            for (int draw = 0; draw < Math.Abs(tilt); draw++)
            {
                choice = tilt > 0 ? Math.Max(choice, random.Next(count)) : Math.Min(choice, random.Next(count));
            }

            choices[gene] = (byte)choice;
        }

        return space.Canonical(choices);
    }
}
