namespace NasEngine.Search.Surrogates;

/// <summary>The standard normal distribution, and expected improvement under it, with full relative precision in the tails.</summary>
/// <remarks>
/// erfc(x) · exp(x²) by the rational functions of Cody: Rational Chebyshev Approximations for the Error Function, 1969.
/// Logarithms of expected improvement after Ament and others: Unexpected Improvements to Expected Improvement for Bayesian Optimization, 2023.
/// </remarks>
internal static class NormalDistribution
{
    private const double LogRootTwoPi = 0.91893853320467274178;
    private const double Small = 0.46875;
    private const double Large = 4;
    private const double Asymptotic = 25;

    private static readonly double[] SmallTop = [1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3];
    private static readonly double[] SmallBottom = [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];
    private static readonly double[] MiddleTop =
    [
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2,
        1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
    ];

    private static readonly double[] MiddleBottom =
    [
        1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
        4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ];

    private static readonly double[] LargeTop = [1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4];
    private static readonly double[] LargeBottom = [1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3];

    /// <summary>Gives <c>E[max(0, u − Z)]</c> for a standard normal <c>Z</c>: the expected improvement on <c>u</c> of what is minimised.</summary>
    public static double Improvement(double u)
    {
        double density = Math.Exp((-u * u / 2) - LogRootTwoPi);
        return u > 0 ? u + (density * Shortfall(u)) : density * Shortfall(-u);
    }

    /// <summary>Gives the logarithm of <see cref="Improvement"/>, finite wherever <c>u²</c> is.</summary>
    public static double LogImprovement(double u) => u > -1 ? Math.Log(Improvement(u)) : (-u * u / 2) - LogRootTwoPi + Math.Log(Shortfall(-u));

    /// <summary>Gives the probability to lie below <c>u</c>.</summary>
    public static double Cumulative(double u)
    {
        double tail = ScaledTail(Math.Abs(u) / Math.Sqrt(2)) / 2 * Math.Exp(-u * u / 2);
        return u < 0 ? tail : 1 - tail;
    }

    /// <summary>Gives the logarithm of the probability to lie below <c>u</c>.</summary>
    public static double LogCumulative(double u)
    {
        double tail = ScaledTail(Math.Abs(u) / Math.Sqrt(2)) / 2;
        return u < 0 ? Math.Log(tail) - (u * u / 2) : Math.Log(1 - (tail * Math.Exp(-u * u / 2)));
    }

    // E[max(0, -v - Z)] over the density at v, for v of 0 or more: 1 - v · (tail over density).
    private static double Shortfall(double v)
    {
        if (v > Asymptotic)
        {
            double s = 1 / (v * v);
            return s * (1 - (s * (3 - (s * (15 - (105 * s))))));
        }

        return 1 - (v * ScaledTail(v / Math.Sqrt(2)) * Math.Sqrt(Math.PI / 2));
    }

    // erfc(x) · exp(x²) for x of 0 or more.
    private static double ScaledTail(double x)
    {
        double square = x * x;
        if (x <= Small)
        {
            return (1 - (x * Ratio(SmallTop, SmallBottom, square))) * Math.Exp(square);
        }

        return x <= Large
            ? Ratio(MiddleTop, MiddleBottom, x)
            : ((1 / Math.Sqrt(Math.PI)) - (Ratio(LargeTop, LargeBottom, 1 / square) / square)) / x;
    }

    private static double Ratio(double[] top, double[] bottom, double x)
    {
        (double above, double below) = (0, 0);
        for (int index = 0; index < top.Length; index++)
        {
            above = (above * x) + top[index];
            below = (below * x) + bottom[index];
        }

        return above / below;
    }
}
