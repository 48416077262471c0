namespace NasEngine.Predictors.GaussianProcess;

/// <summary>A Matérn-5/2 kernel over groups of numbers, times an exchangeable one over genes without an order.</summary>
/// <remarks>
/// Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, equation 4.17. Distances are means over the columns of a group, so that a group
/// of many columns is no farther than one of few. Two choices of a gene without an order have the correlation <c>exp(−weight)</c>, whichever they are.
/// </remarks>
internal static class MixedKernel
{
    private static readonly double Root5 = Math.Sqrt(5);

    /// <summary>Gives the factor of each column's squared difference.</summary>
    /// <param name="groups">The columns' groups.</param>
    /// <param name="weights">For every group its weight, one over the squared length scale.</param>
    public static double[] ColumnWeights(ColumnGroups groups, IReadOnlyList<double> weights)
    {
        int[] counts = new int[weights.Count];
        foreach (int group in groups.Groups)
        {
            counts[group]++;
        }

        // Two different choices differ in two columns of a gene.
        return [.. groups.Groups.Select(group => weights[group] / (groups.AreCategorical[group] ? 2 : counts[group]))];
    }

    /// <summary>Gives the correlation of two points.</summary>
    /// <param name="first">Standardised values; of genes without an order 0 and 1.</param>
    /// <param name="second">As many.</param>
    /// <param name="weights">What <see cref="ColumnWeights"/> gave.</param>
    /// <param name="areCategorical">For every column whether it is a choice of a gene without an order.</param>
    public static double Correlation(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double[] weights, bool[] areCategorical)
    {
        (double squared, double differing) = (0, 0);
        for (int column = 0; column < weights.Length; column++)
        {
            double difference = first[column] - second[column];
            double part = weights[column] * difference * difference;
            (squared, differing) = areCategorical[column] ? (squared, differing + part) : (squared + part, differing);
        }

        return Matern(squared) * Math.Exp(-differing);
    }

    /// <summary>Gives the Matérn-5/2 correlation of a squared distance.</summary>
    public static double Matern(double squared)
    {
        double scaled = Root5 * Math.Sqrt(squared);
        return (1 + scaled + (5.0 / 3 * squared)) * Math.Exp(-scaled);
    }

    /// <summary>Gives the derivative of <see cref="Matern"/> by the squared distance.</summary>
    public static double MaternSlope(double squared)
    {
        double scaled = Root5 * Math.Sqrt(squared);
        return -5.0 / 6 * (1 + scaled) * Math.Exp(-scaled);
    }
}
