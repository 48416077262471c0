using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>Crosses and mutates the genes that matter; those that do not are never inherited as if they said something.</summary>
internal sealed class GeneOperators(SearchSpace space)
{
    private const int FewGenes = 256;

    private readonly int[] _order = SpaceEnumeration.UnconditionalFirst(space);

    /// <summary>Takes each gene from the first or, with equal chance if they are to be mixed, from the second parent.</summary>
    /// <returns>The choices; not canonical yet.</returns>
    public byte[] Cross(Genotype first, Genotype second, bool mixes, Random random)
    {
        byte[] choices = new byte[_order.Length];
        foreach (int gene in _order)
        {
            if (SpaceEnumeration.IsActive(space, choices, gene))
            {
                (Genotype preferred, Genotype other) = mixes && random.Next(2) == 1 ? (second, first) : (first, second);
                choices[gene] = Inherit(preferred, other, gene, random);
            }
        }

        return choices;
    }

    /// <summary>Changes each gene that matters with a probability: half of the ordered ones by one step, the others to any other choice.</summary>
    /// <param name="choices">The choices, changed in place.</param>
    /// <param name="probability">The probability, or <see langword="null"/> for one over the number of genes that matter.</param>
    /// <param name="random">The source of the draws.</param>
    /// <param name="steps">Whether ordered genes may be changed by a step.</param>
    public void Mutate(byte[] choices, double? probability, Random random, bool steps = true)
    {
        Span<bool> wasActive = choices.Length <= FewGenes ? stackalloc bool[FewGenes] : new bool[choices.Length];
        double each = probability ?? 1.0 / Math.Max(1, FindActive(choices, wasActive));
        foreach (int gene in _order)
        {
            int count = space.Genes[gene].Choices.Length;
            if (!SpaceEnumeration.IsActive(space, choices, gene))
            {
                continue;
            }

            if (!wasActive[gene])
            {
                choices[gene] = (byte)random.Next(count); // a deeper stage woke it up
            }
            else if (count > 1 && random.NextDouble() < each)
            {
                choices[gene] = steps && !space.Genes[gene].IsCategorical && random.Next(2) == 0 ? Step(choices[gene], count, random) : Redraw(choices[gene], count, random);
            }
        }
    }

    /// <summary>Changes exactly one gene that matters to any other choice; genes that it wakes up are drawn.</summary>
    /// <param name="choices">The choices, changed in place; unchanged if no gene has two choices.</param>
    /// <param name="random">The source of the draws.</param>
    public void MutateOne(byte[] choices, Random random)
    {
        Span<bool> wasActive = choices.Length <= FewGenes ? stackalloc bool[FewGenes] : new bool[choices.Length];
        int open = FindActive(choices, wasActive);
        if (open == 0)
        {
            return;
        }

        int changed = OpenGene(wasActive, random.Next(open));
        choices[changed] = Redraw(choices[changed], space.Genes[changed].Choices.Length, random);
        foreach (int gene in _order)
        {
            if (!wasActive[gene] && SpaceEnumeration.IsActive(space, choices, gene))
            {
                choices[gene] = (byte)random.Next(space.Genes[gene].Choices.Length);
            }
        }
    }

    // Says which genes matter, and counts those of them that have more than one choice.
    private int FindActive(byte[] choices, Span<bool> isActive)
    {
        int open = 0;
        for (int gene = 0; gene < choices.Length; gene++)
        {
            isActive[gene] = SpaceEnumeration.IsActive(space, choices, gene);
            open += isActive[gene] && space.Genes[gene].Choices.Length > 1 ? 1 : 0;
        }

        return open;
    }

    private int OpenGene(ReadOnlySpan<bool> isActive, int number)
    {
        foreach (int gene in _order)
        {
            if (isActive[gene] && space.Genes[gene].Choices.Length > 1 && number-- == 0)
            {
                return gene;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(number));
    }

    // Choice 0 of a gene that does not matter in a parent says nothing: the other parent is asked, then chance.
    private byte Inherit(Genotype preferred, Genotype other, int gene, Random random) =>
        space.IsActive(preferred, gene) ? preferred.Choices[gene]
        : space.IsActive(other, gene) ? other.Choices[gene]
        : (byte)random.Next(space.Genes[gene].Choices.Length);

    private static byte Step(byte choice, int count, Random random) =>
        choice == 0 ? (byte)1 : choice == count - 1 ? (byte)(choice - 1) : (byte)(choice + (random.Next(2) == 0 ? -1 : 1));

    private static byte Redraw(byte choice, int count, Random random)
    {
        int drawn = random.Next(count - 1);
        return (byte)(drawn >= choice ? drawn + 1 : drawn);
    }
}
