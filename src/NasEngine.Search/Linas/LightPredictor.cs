using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Linas;

/// <summary>Ridge regression or kernel ridge regression with a Gaussian kernel, whichever predicts left-out values better.</summary>
/// <remarks>
/// Both are solved in the space of observations, where the error on each value, had it been left out, follows from one inverse:
/// <c>αᵢ / (K + λI)⁻¹ᵢᵢ</c> [GP, section 5.4.2]. Features have deviation 1.
/// </remarks>
internal sealed class LightPredictor
{
    // Settings are chosen on at most this many values: the inverses cost its cube.
    private const int MostForChoice = 200;

    private static readonly double[] Widths = [0, 0.3, 1, 3]; // 0: linear; otherwise the kernel's rate, relative to one over the features
    private static readonly double[] Penalties = [1e-3, 1e-2, 0.1, 1];

    private readonly double[][] _features;
    private readonly double[] _coefficients;
    private readonly double[]? _slopes;
    private readonly double _rate;
    private readonly double _mean;
    private readonly double _shift; // where the line stands at 0; features need not have mean 0

    private LightPredictor(double[][] features, double[] targets, double width, double penalty)
    {
        _features = features;
        _rate = Rate(width, features);
        _mean = targets.Average();
        CholeskyFactor factor = Factor(features, _rate, penalty);
        _coefficients = [.. targets.Select(target => target - _mean)];
        factor.SolveLower(_coefficients);
        factor.SolveUpper(_coefficients);
        IsLinear = width == 0;
        if (IsLinear)
        {
            _shift = _coefficients.Sum();
            _slopes = new double[features[0].Length];
            for (int row = 0; row < features.Length; row++)
            {
                Lanes.AddScaled(_slopes, features[row], _coefficients[row] / features[0].Length);
            }
        }
    }

    /// <summary>Gets whether the linear form was better.</summary>
    public bool IsLinear { get; }

    /// <summary>Gets the root mean square error on left-out values.</summary>
    public double LeftOutError { get; private init; }

    /// <summary>Fits a predictor.</summary>
    /// <param name="features">Rows of equal length.</param>
    /// <param name="targets">A value for each row.</param>
    public static LightPredictor Fit(double[][] features, double[] targets)
    {
        int[] some = [.. Enumerable.Range(0, Math.Min(MostForChoice, features.Length)).Select(index => (int)((long)index * features.Length / Math.Min(MostForChoice, features.Length)))];
        double[][] rows = [.. some.Select(index => features[index])];
        double[] values = [.. some.Select(index => targets[index])];
        (double width, double penalty, double least) = (0, 1, double.PositiveInfinity);
        foreach (double candidate in Widths)
        {
            foreach (double strength in Penalties)
            {
                double error = Error(rows, values, Rate(candidate, rows), strength);
                if (error < least)
                {
                    (width, penalty, least) = (candidate, strength, error);
                }
            }
        }

        return new LightPredictor(features, targets, width, penalty) { LeftOutError = least };
    }

    /// <summary>Predicts a value.</summary>
    public double Predict(ReadOnlySpan<double> features)
    {
        if (_slopes is not null)
        {
            return _mean + _shift + Lanes.Dot(features, _slopes);
        }

        double sum = _mean;
        for (int row = 0; row < _features.Length; row++)
        {
            sum += _coefficients[row] * Kernel(features, _features[row], _rate);
        }

        return sum;
    }

    private static double Rate(double width, double[][] features) => width == 0 ? 0 : width / features[0].Length;

    internal static double Kernel(ReadOnlySpan<double> first, double[] second, double rate) =>
        rate == 0 ? 1 + (Lanes.Dot(first, second) / second.Length) : Math.Exp(-rate * Lanes.SquaredDistance(first, second));

    internal static CholeskyFactor Factor(double[][] features, double rate, double penalty)
    {
        CholeskyFactor factor = new();
        double[] line = new double[features.Length];
        for (int row = 0; row < features.Length; row++)
        {
            for (int other = 0; other <= row; other++)
            {
                line[other] = Kernel(features[row], features[other], rate);
            }

            line[row] += penalty;
            factor.Append(line.AsSpan(0, row + 1));
        }

        return factor;
    }

    internal static double Error(double[][] features, double[] targets, double rate, double penalty)
    {
        CholeskyFactor factor = Factor(features, rate, penalty);
        double mean = targets.Average();
        double[] alpha = [.. targets.Select(target => target - mean)];
        factor.SolveLower(alpha);
        factor.SolveUpper(alpha);
        double[] inverse = factor.Inverse();
        double squares = 0;
        for (int row = 0; row < alpha.Length; row++)
        {
            double residual = alpha[row] / inverse[(row * alpha.Length) + row];
            squares += residual * residual / alpha.Length;
        }

        return Math.Sqrt(squares);
    }
}
