using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NasEngine.Search.Surrogates;

/// <summary>Finds a kernel by the marginal likelihood of observed values, with priors that hold it to plain settings where data are few.</summary>
/// <remarks>[GP] section 5.4.1 with the gradient of equation 5.9; steps by resilient propagation (iRprop⁻, Igel and Hüsken 2000), a fixed number of them.</remarks>
internal sealed class KernelFit
{
    private const int Amplitudes = 5; // numeric, exchangeable, decay, additive, nugget; then one scale, then the features
    private const double LeastNugget = 1e-5;

    private static readonly double[] PriorMeans = [Math.Log(0.5), Math.Log(0.2), Math.Log(2), Math.Log(0.2), Math.Log(0.01), 0];
    private static readonly double[] PriorDeviations = [1.0, 1.5, 0.7, 1.5, 1.5, 1.0];

    private readonly int _rows;
    private readonly int[] _columns;
    private readonly double[] _deviations;
    private readonly double[] _features; // [rows × lanes of columns], scaled to deviation 1
    private readonly double[] _differing;
    private readonly double[] _targets;
    private readonly double _weightDeviation;
    private readonly int _width;

    /// <summary>Initializes a fit; see <see cref="Fit"/>.</summary>
    public KernelFit(FeatureRows rows, IReadOnlyList<int> members, ReadOnlySpan<double> targets, double weightDeviation)
    {
        (_rows, _targets, _weightDeviation) = (members.Count, targets.ToArray(), weightDeviation);
        (_columns, _deviations) = Informative(rows, members);
        _width = (_columns.Length + 3) / 4 * 4;
        _features = new double[_rows * _width];
        _differing = new double[_rows * _rows];
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<float> values = rows.Features(members[row]);
            for (int column = 0; column < _columns.Length; column++)
            {
                _features[(row * _width) + column] = values[_columns[column]] / _deviations[column];
            }

            for (int other = 0; other < row; other++)
            {
                _differing[(row * _rows) + other] = SurrogateKernel.Differing(rows.Codes(members[row]), rows.Codes(members[other]));
            }
        }
    }

    /// <summary>Fits a kernel.</summary>
    /// <param name="rows">Features of architectures.</param>
    /// <param name="members">Which of them were observed, and are learned from.</param>
    /// <param name="targets">Their values, with mean about 0 and variance about 1.</param>
    /// <param name="steps">How many steps are taken.</param>
    /// <param name="weightDeviation">How far the logarithms of features' weights may lie apart, as the deviation of their prior.</param>
    /// <remarks>Each step is O(n³ + n² · features).</remarks>
    public static SurrogateKernel Fit(FeatureRows rows, IReadOnlyList<int> members, ReadOnlySpan<double> targets, int steps = 40, double weightDeviation = 2.5)
    {
        KernelFit fit = new(rows, members, targets, weightDeviation);
        return fit.Kernel(fit.Descend(steps), rows.Columns);
    }

    // Columns that vary, without those that repeat another up to scale and sign.
    private static (int[] Columns, double[] Deviations) Informative(FeatureRows rows, IReadOnlyList<int> members)
    {
        List<int> columns = [];
        List<double> deviations = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        float[] values = new float[members.Count];
        for (int column = 0; column < rows.Columns; column++)
        {
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = rows.Features(members[row])[column];
            }

            double mean = 0, squares = 0;
            foreach (float value in values)
            {
                mean += value / (double)values.Length;
            }

            foreach (float value in values)
            {
                squares += (value - mean) * (value - mean) / values.Length;
            }

            if (squares > 1e-12 * Math.Max(1, mean * mean))
            {
                float first = values[0], unit = 0;
                for (int row = 0; row < values.Length; row++)
                {
                    unit = unit == 0 ? values[row] - first : unit;
                    values[row] = unit == 0 ? 0 : MathF.Round((values[row] - first) / unit, 4) + 0f;
                }

                if (known.Add(Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()))))
                {
                    columns.Add(column);
                    deviations.Add(Math.Sqrt(squares));
                }
            }
        }

        return ([.. columns], [.. deviations]);
    }

    private double[] Descend(int steps)
    {
        double[] point = Start;
        double[] best = [.. point];
        double[] gradient = new double[point.Length];
        double[] before = new double[point.Length];
        double[] step = new double[point.Length];
        Array.Fill(step, 0.2);
        double least = double.PositiveInfinity;
        for (int round = 0; round < steps; round++)
        {
            double value = Objective(point, gradient);
            if (value < least)
            {
                least = value;
                point.CopyTo(best, 0);
            }

            for (int index = 0; index < point.Length; index++)
            {
                double agreement = gradient[index] * before[index];
                step[index] = agreement > 0 ? Math.Min(1, step[index] * 1.2) : agreement < 0 ? Math.Max(1e-3, step[index] * 0.5) : step[index];
                before[index] = agreement < 0 ? 0 : gradient[index];
                point[index] -= Math.Sign(before[index]) * step[index];
            }

            point[Amplitudes - 1] = Math.Max(point[Amplitudes - 1], Math.Log(LeastNugget));
        }

        return best;
    }

    /// <summary>Gets the settings that the fit begins with: the priors' means.</summary>
    public double[] Start
    {
        get
        {
            double[] point = new double[Amplitudes + 1 + _columns.Length];
            PriorMeans.CopyTo(point, 0);
            return point;
        }
    }

    /// <summary>Computes minus the logarithm of likelihood and priors, and its gradient.</summary>
    /// <param name="point">Logarithms of the kernel's settings, as many as <see cref="Start"/> has.</param>
    /// <param name="gradient">Receives the derivative by each.</param>
    public double Objective(double[] point, double[] gradient)
    {
        double[] weights = Weights(point);
        double numeric = Math.Exp(point[0]), exchangeable = Math.Exp(point[1]), decay = Math.Exp(point[2]), additive = Math.Exp(point[3]), nugget = Math.Exp(point[4]);
        double[] similar = new double[_rows * _rows]; // the Matérn view
        double[] slopes = new double[_rows * _rows]; // its derivative by the squared distance
        CholeskyFactor factor = new();
        double[] line = new double[_rows];
        for (int row = 0; row < _rows; row++)
        {
            for (int other = 0; other < row; other++)
            {
                double r = SurrogateKernel.Root5 * Math.Sqrt(Distance(row, other, weights));
                double fading = numeric * Math.Exp(-r);
                double differing = _differing[(row * _rows) + other];
                slopes[(row * _rows) + other] = -5.0 / 6 * (1 + r) * fading;
                similar[(row * _rows) + other] = (1 + r + (r * r / 3)) * fading;
                line[other] = similar[(row * _rows) + other] + (exchangeable * Math.Exp(-decay * differing)) + (additive * (1 - differing));
            }

            line[row] = numeric + exchangeable + additive + nugget;
            factor.Append(line.AsSpan(0, row + 1));
        }

        double[] alpha = [.. _targets];
        factor.SolveLower(alpha);
        double fitTerm = Lanes.Dot(alpha, alpha);
        factor.SolveUpper(alpha);
        double[] inverse = factor.Inverse();
        Array.Clear(gradient);
        double[] byWeight = new double[_width];
        double trace = 0;
        for (int row = 0; row < _rows; row++)
        {
            double own = inverse[(row * _rows) + row] - (alpha[row] * alpha[row]);
            trace += own / 2;
            for (int other = 0; other < row; other++)
            {
                double share = inverse[(row * _rows) + other] - (alpha[row] * alpha[other]); // both triangles, halved
                double differing = _differing[(row * _rows) + other];
                double fading = exchangeable * Math.Exp(-decay * differing);
                gradient[1] += share * fading;
                gradient[2] -= share * fading * decay * differing;
                gradient[3] += share * additive * (1 - differing);
                double slope = slopes[(row * _rows) + other];
                gradient[0] += share * similar[(row * _rows) + other];
                AddSquares(byWeight, row, other, share * slope);
            }
        }

        gradient[0] += trace * numeric;
        gradient[1] += trace * exchangeable;
        gradient[3] += trace * additive;
        gradient[4] += trace * nugget;
        for (int column = 0; column < _columns.Length; column++)
        {
            double slope = byWeight[column] * weights[column];
            gradient[Amplitudes] += slope;
            gradient[Amplitudes + 1 + column] = slope;
        }

        double value = (fitTerm + factor.LogDeterminant()) / 2;
        for (int index = 0; index < point.Length; index++)
        {
            (double mean, double deviation) = index <= Amplitudes ? (PriorMeans[index], PriorDeviations[index]) : (0, _weightDeviation);
            double away = (point[index] - mean) / deviation;
            value += away * away / 2;
            gradient[index] += away / deviation;
        }

        return value;
    }

    private double[] Weights(double[] point)
    {
        double[] weights = new double[_width];
        for (int column = 0; column < _columns.Length; column++)
        {
            weights[column] = Math.Exp(point[Amplitudes] + point[Amplitudes + 1 + column]) / (2.0 * _columns.Length);
        }

        return weights;
    }

    private double Distance(int row, int other, double[] weights)
    {
        ReadOnlySpan<Vector256<double>> a = MemoryMarshal.Cast<double, Vector256<double>>(_features.AsSpan(row * _width, _width));
        ReadOnlySpan<Vector256<double>> b = MemoryMarshal.Cast<double, Vector256<double>>(_features.AsSpan(other * _width, _width));
        ReadOnlySpan<Vector256<double>> w = MemoryMarshal.Cast<double, Vector256<double>>(weights);
        Vector256<double> sum = Vector256<double>.Zero;
        for (int lane = 0; lane < a.Length; lane++)
        {
            Vector256<double> difference = a[lane] - b[lane];
            sum += difference * difference * w[lane];
        }

        return Vector256.Sum(sum);
    }

    private void AddSquares(double[] target, int row, int other, double factor)
    {
        ReadOnlySpan<Vector256<double>> a = MemoryMarshal.Cast<double, Vector256<double>>(_features.AsSpan(row * _width, _width));
        ReadOnlySpan<Vector256<double>> b = MemoryMarshal.Cast<double, Vector256<double>>(_features.AsSpan(other * _width, _width));
        Span<Vector256<double>> t = MemoryMarshal.Cast<double, Vector256<double>>(target.AsSpan());
        Vector256<double> by = Vector256.Create(factor);
        for (int lane = 0; lane < a.Length; lane++)
        {
            Vector256<double> difference = a[lane] - b[lane];
            t[lane] += difference * difference * by;
        }
    }

    private SurrogateKernel Kernel(double[] point, int columns)
    {
        double[] weights = Weights(point);
        double[] all = new double[columns];
        for (int column = 0; column < _columns.Length; column++)
        {
            all[_columns[column]] = weights[column] / (_deviations[column] * _deviations[column]);
        }

        return new SurrogateKernel(Math.Exp(point[0]), Math.Exp(point[1]), Math.Exp(point[2]), Math.Exp(point[3]), Math.Exp(point[4]), all);
    }
}
