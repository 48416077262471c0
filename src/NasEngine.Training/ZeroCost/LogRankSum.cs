using NasEngine.Numerics.Statistics;

namespace NasEngine.Training.ZeroCost;

/// <summary>Combines proxies by ranks, without training: Lee and Ham, AZ-NAS, CVPR 2024, equation 8.</summary>
public static class LogRankSum
{
    /// <summary>Gives each network Σ over proxies of ln(rank / m), where the best of m networks has rank m.</summary>
    /// <param name="scores">For each proxy, the scores of the same m networks; greater is better. NaN ranks below everything.</param>
    /// <returns><c>[m]</c>, at most 0; greater is better.</returns>
    /// <exception cref="ArgumentException">There are no proxies, or they have different numbers of networks.</exception>
    public static double[] Combine(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0 || scores.Any(column => column.Count != scores[0].Count))
        {
            throw new ArgumentException("At least one proxy is expected, and all with the same number of networks.", nameof(scores));
        }

        int count = scores[0].Count;
        double[] sums = new double[count], ranks = new double[count];
        foreach (IReadOnlyList<double> column in scores)
        {
            double[] known = [.. column.Select(score => double.IsNaN(score) ? double.NegativeInfinity : score)];
            RankStatistics.AssignRanks(known, ranks);
            for (int network = 0; network < count; network++)
            {
                sums[network] += Math.Log(ranks[network] / count);
            }
        }

        return sums;
    }
}
