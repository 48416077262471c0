namespace NasEngine.Predictors.LearningCurves;

/// <summary>A shape that a training takes, up to an offset and a factor: it falls with the epoch, fastest at first.</summary>
/// <remarks>
/// Families of Adriaensen and others: Efficient Bayesian Learning Curve Extrapolation using Prior-Data Fitted Networks, 2023. Every curve
/// is <c>c + a · shape(epoch)</c>: pow3 <c>c - a·x^-α</c>, ilog2 <c>c - a / ln(x + 1)</c>, Janoschek <c>c - (c - b)·exp(-k·x^d)</c>.
/// </remarks>
internal sealed record CurveShape(Func<double, double> At)
{
    private const int Powers = 24;
    private const int Rates = 12;

    private static readonly double[] Exponents = [0.4, 0.6, 0.8, 1, 1.3];

    /// <summary>The families with their shares of the sum: fast ends of training are rare, so the power law has the most.</summary>
    public static readonly IReadOnlyList<(double Share, IReadOnlyList<CurveShape> Shapes)> Families =
    [
        (0.6, [.. Enumerable.Range(0, Powers).Select(index => PowerLaw(Between(0.05, 4, index, Powers)))]),
        (0.3, [new CurveShape(epoch => 1 / Math.Log(epoch + 1))]),
        (0.1, [.. Exponents.SelectMany(exponent => Enumerable.Range(0, Rates).Select(index => Janoschek(Between(0.01, 2, index, Rates), exponent)))]),
    ];

    private static CurveShape PowerLaw(double power) => new(epoch => Math.Pow(epoch, -power));

    private static CurveShape Janoschek(double rate, double exponent) => new(epoch => Math.Exp(-rate * Math.Pow(epoch, exponent)));

    private static double Between(double least, double greatest, int index, int count) => least * Math.Pow(greatest / least, (double)index / (count - 1));
}
