namespace NasEngine.Predictors.Differentiation;

/// <summary>Losses that ask for the right order of values, with their derivatives.</summary>
internal static class RankingLoss
{
    /// <summary>The steepness of <see cref="DiffKendall"/>: with standardised targets, one deviation's difference is nearly a full pair.</summary>
    public const double KendallSteepness = 2;

    /// <summary>The mean over pairs of <c>ln(1 + exp(−(p_i − p_j) · sign(y_i − y_j)))</c>; pairs with equal targets are left out.</summary>
    /// <param name="predicted"><c>[n]</c>.</param>
    /// <param name="targets"><c>[n]</c>.</param>
    /// <param name="gradient">Receives <c>[n]</c> derivatives by the predictions.</param>
    /// <remarks>O(n²). Burges and others: Learning to Rank using Gradient Descent, 2005.</remarks>
    public static double PairwiseLogistic(ReadOnlySpan<double> predicted, ReadOnlySpan<double> targets, Span<double> gradient)
    {
        gradient.Clear();
        (double sum, int pairs) = (0, 0);
        for (int first = 0; first < targets.Length; first++)
        {
            for (int second = 0; second < first; second++)
            {
                int sign = Math.Sign(targets[first] - targets[second]);
                if (sign == 0)
                {
                    continue;
                }

                double margin = sign * (predicted[first] - predicted[second]);
                double slope = -sign / (1 + Math.Exp(margin));
                (gradient[first], gradient[second]) = (gradient[first] + slope, gradient[second] - slope);
                sum += Math.Max(0, -margin) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
                pairs++;
            }
        }

        return Divide(sum, pairs, gradient);
    }

    /// <summary>The negative mean over pairs of <c>tanh(a Δp / 2) · tanh(a Δy / 2)</c>, a smooth Kendall tau, from −1 to 1.</summary>
    /// <param name="predicted"><c>[n]</c>.</param>
    /// <param name="targets"><c>[n]</c>, standardised: differences far below 1 would make the hyperbolic tangent a straight line.</param>
    /// <param name="gradient">Receives <c>[n]</c> derivatives by the predictions.</param>
    /// <remarks>O(n²). Zheng and others: DiffKendall, 2023; their code divides by half of the pairs, which doubles the values.</remarks>
    public static double DiffKendall(ReadOnlySpan<double> predicted, ReadOnlySpan<double> targets, Span<double> gradient)
    {
        gradient.Clear();
        (double sum, int pairs) = (0, 0);
        for (int first = 0; first < targets.Length; first++)
        {
            for (int second = 0; second < first; second++)
            {
                double bent = Math.Tanh(KendallSteepness / 2 * (predicted[first] - predicted[second]));
                double wanted = Math.Tanh(KendallSteepness / 2 * (targets[first] - targets[second]));
                double slope = -wanted * KendallSteepness / 2 * (1 - (bent * bent));
                (gradient[first], gradient[second]) = (gradient[first] + slope, gradient[second] - slope);
                sum -= bent * wanted;
                pairs++;
            }
        }

        return Divide(sum, pairs, gradient);
    }

    private static double Divide(double sum, int pairs, Span<double> gradient)
    {
        double scale = 1.0 / Math.Max(1, pairs);
        for (int index = 0; index < gradient.Length; index++)
        {
            gradient[index] *= scale;
        }

        return sum * scale;
    }
}
