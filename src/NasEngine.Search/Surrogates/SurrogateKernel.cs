namespace NasEngine.Search.Surrogates;

/// <summary>How alike two architectures are: a sum of three views of them, and what no view explains.</summary>
/// <remarks>
/// Matérn 5/2 over weighted numeric features [GP, 4.17]; an exponential of how many genes differ, the same for any two choices of a gene
/// (exchangeable); and the share of genes that agree, which makes sums over genes.
/// </remarks>
/// <param name="Numeric">Variance of the view of the numeric features.</param>
/// <param name="Exchangeable">Variance of the exponential of differing genes.</param>
/// <param name="Decay">How fast that exponential falls: its logarithm if all genes differ.</param>
/// <param name="Additive">Variance of the share of agreeing genes.</param>
/// <param name="Nugget">Variance that belongs to one architecture alone.</param>
/// <param name="Weights">A factor for every numeric feature, whose squared differences it scales; 0 where a feature is left out.</param>
internal sealed record SurrogateKernel(double Numeric, double Exchangeable, double Decay, double Additive, double Nugget, double[] Weights)
{
    public static readonly double Root5 = Math.Sqrt(5);

    /// <summary>Gets the variance of one architecture.</summary>
    public double Variance => Numeric + Exchangeable + Additive + Nugget;

    /// <summary>Gives the covariance of two architectures.</summary>
    /// <param name="squaredDistance">The sum of weighted squared differences of their features.</param>
    /// <param name="differing">The share of their genes that differ, from 0 to 1.</param>
    public double Covariance(double squaredDistance, double differing)
    {
        double r = Root5 * Math.Sqrt(squaredDistance);
        return (Numeric * (1 + r + (r * r / 3)) * Math.Exp(-r)) + (Exchangeable * Math.Exp(-Decay * differing)) + (Additive * (1 - differing));
    }

    /// <summary>Gives the share of genes that differ.</summary>
    public static double Differing(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int differing = 0;
        for (int gene = 0; gene < first.Length; gene++)
        {
            differing += first[gene] == second[gene] ? 0 : 1;
        }

        return (double)differing / first.Length;
    }
}
