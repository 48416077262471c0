using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>Walks through every architecture of a space once, in a fixed order.</summary>
internal static class SpaceEnumeration
{
    /// <summary>Gives the canonical genotypes one by one; nothing is kept, so the first ones of a huge space cost little.</summary>
    public static IEnumerable<Genotype> All(SearchSpace space)
    {
        int[] order = UnconditionalFirst(space);
        byte[] choices = new byte[order.Length];
        int place = 0;
        while (place >= 0)
        {
            yield return space.Canonical(choices);
            for (place = order.Length - 1; place >= 0; place--)
            {
                int gene = order[place];
                if (IsActive(space, choices, gene) && choices[gene] + 1 < space.Genes[gene].Choices.Length)
                {
                    choices[gene]++;
                    break;
                }

                choices[gene] = 0;
            }
        }
    }

    /// <summary>Gives the places of the genes, those that always matter before those that hang on them.</summary>
    public static int[] UnconditionalFirst(SearchSpace space) =>
        [.. Enumerable.Range(0, space.Genes.Length).OrderBy(gene => space.Genes[gene].ActiveWhen is null ? 0 : 1)];

    /// <summary>Says whether a gene matters under the choices made for the genes that always do.</summary>
    public static bool IsActive(SearchSpace space, ReadOnlySpan<byte> choices, int gene) =>
        space.Genes[gene].ActiveWhen is not GeneCondition condition || space.Genes[condition.Gene].Choices[choices[condition.Gene]] >= condition.Minimum;
}
