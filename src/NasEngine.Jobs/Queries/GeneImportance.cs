using NasEngine.Core.Spaces;

namespace NasEngine.Jobs.Queries;

/// <summary>How much of a value's variance single genes explain.</summary>
/// <remarks>
/// The measure is the first-order effect of a one-way analysis of variance, Kelley's epsilon squared: the share of the variance
/// that lies between the groups of architectures with the same choice, less what as many groups would show by chance.
/// A gene that a plan leaves out counts as a choice of its own. Effects of genes together are in no gene's share, so that shares need not add up to 1.
/// </remarks>
internal static class GeneImportance
{
    /// <summary>Computes the share of each gene.</summary>
    /// <param name="space">The space.</param>
    /// <param name="genotypes">Architectures of it.</param>
    /// <param name="values">A value of each; those that are not finite are left out.</param>
    /// <returns>Shares from 0 to 1, largest first; empty if fewer than three values are there or all are equal.</returns>
    public static IReadOnlyList<GeneShare> Compute(SearchSpace space, IReadOnlyList<Genotype> genotypes, ReadOnlySpan<double> values)
    {
        List<int> rows = [];
        double mean = 0;
        for (int row = 0; row < genotypes.Count; row++)
        {
            if (double.IsFinite(values[row]))
            {
                rows.Add(row);
                mean += (values[row] - mean) / rows.Count;
            }
        }

        double total = 0;
        foreach (int row in rows)
        {
            total += (values[row] - mean) * (values[row] - mean);
        }

        if (rows.Count < 3 || total <= 0)
        {
            return [];
        }

        List<GeneShare> shares = [];
        for (int gene = 0; gene < space.Genes.Length; gene++)
        {
            shares.Add(new GeneShare(space.Genes[gene].Name, Share(space, genotypes, values, rows, gene, mean, total)));
        }

        return [.. shares.OrderByDescending(share => share.Share).ThenBy(share => share.Gene, StringComparer.Ordinal)];
    }

    private static double Share(SearchSpace space, IReadOnlyList<Genotype> genotypes, ReadOnlySpan<double> values, List<int> rows, int gene, double mean, double total)
    {
        int inactive = space.Genes[gene].Choices.Length;
        int[] counts = new int[inactive + 1];
        double[] sums = new double[inactive + 1];
        foreach (int row in rows)
        {
            int group = space.IsActive(genotypes[row], gene) ? genotypes[row].Choices[gene] : inactive;
            counts[group]++;
            sums[group] += values[row] - mean;
        }

        double between = 0;
        int groups = 0;
        for (int group = 0; group <= inactive; group++)
        {
            between += counts[group] > 0 ? sums[group] * sums[group] / counts[group] : 0;
            groups += counts[group] > 0 ? 1 : 0;
        }

        if (groups < 2 || rows.Count <= groups)
        {
            return 0;
        }

        double eta = between / total;
        return Math.Clamp(1 - ((1 - eta) * (rows.Count - 1) / (rows.Count - groups)), 0, 1);
    }
}

/// <summary>A gene's share of the variance.</summary>
/// <param name="Gene">The gene's name, such as <c>kernel[3]</c>.</param>
/// <param name="Share">From 0 to 1.</param>
public sealed record GeneShare(string Gene, double Share);
