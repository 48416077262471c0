using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>Architectures that differ in one gene that matters.</summary>
internal static class Neighbourhood
{
    /// <summary>Gives the neighbours one by one: every other choice of every gene that matters, in the order of the genes.</summary>
    /// <remarks>A gene that starts to matter takes the choice of the gene before it in its dimension, as a further block of a stage is most like the one before it.</remarks>
    public static IEnumerable<Genotype> Of(SearchSpace space, Genotype genotype)
    {
        for (int gene = 0; gene < space.Genes.Length; gene++)
        {
            if (!space.IsActive(genotype, gene))
            {
                continue;
            }

            for (int choice = 0; choice < space.Genes[gene].Choices.Length; choice++)
            {
                if (choice != genotype.Choices[gene])
                {
                    yield return With(space, genotype, gene, (byte)choice);
                }
            }
        }
    }

    /// <summary>Gives the neighbours; where only candidates may be proposed, as many of them, those that differ in the fewest genes.</summary>
    public static Genotype[] Of(SearchProblem problem, Genotype genotype)
    {
        Genotype[] all = [.. Of(problem.Space, genotype)];
        return problem.Candidates is not CandidateSet candidates
            ? all
            : [.. candidates.All.Where(candidate => !candidate.Equals(genotype)).OrderBy(candidate => Distance(candidate, genotype)).Take(all.Length)];
    }

    /// <summary>Counts the genes in which two architectures differ.</summary>
    public static int Distance(Genotype first, Genotype second)
    {
        ReadOnlySpan<byte> a = first.Choices.AsSpan();
        ReadOnlySpan<byte> b = second.Choices.AsSpan();
        int distance = 0;
        for (int gene = 0; gene < a.Length; gene++)
        {
            distance += a[gene] == b[gene] ? 0 : 1;
        }

        return distance;
    }

    private static Genotype With(SearchSpace space, Genotype genotype, int changed, byte choice)
    {
        byte[] choices = [.. genotype.Choices];
        choices[changed] = choice;
        for (int gene = 1; gene < choices.Length; gene++)
        {
            if (space.Genes[gene].ActiveWhen?.Gene == changed && !space.IsActive(genotype, gene) && space.Genes[gene - 1].Dimension == space.Genes[gene].Dimension)
            {
                choices[gene] = Math.Min(choices[gene - 1], (byte)(space.Genes[gene].Choices.Length - 1));
            }
        }

        return space.Canonical(choices);
    }
}
