using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>The logarithm of the marginal likelihood of kernel parameters with its gradient, without the constant.</summary>
/// <remarks>Rasmussen, Williams 2006, equations 5.8 and 5.9, with the signal's variance at its best value. Distances are computed once. Not thread-safe.</remarks>
internal sealed class MarginalLikelihood
{
    private readonly int _rows;
    private readonly int _groups;
    private readonly bool[] _areCategorical;
    private readonly double[] _centred;
    private readonly double[] _distances;
    private readonly double[] _matrix;
    private readonly double[] _slopes;

    /// <summary>Initializes the likelihood of rows.</summary>
    /// <param name="inputs">Row-major <c>[n × p]</c>.</param>
    /// <param name="targets"><c>[n]</c>.</param>
    /// <param name="groups">The columns' groups.</param>
    public MarginalLikelihood(double[] inputs, double[] targets, ColumnGroups groups)
    {
        (_rows, _groups, _areCategorical) = (targets.Length, groups.AreCategorical.Length, groups.AreCategorical);
        double mean = Descriptive.Mean(targets);
        _centred = [.. targets.Select(target => target - mean)];
        _matrix = new double[_rows * _rows];
        _slopes = new double[_rows * _rows];
        _distances = new double[_rows * (_rows - 1) / 2 * _groups];
        double[] units = MixedKernel.ColumnWeights(groups, [.. Enumerable.Repeat(1.0, _groups)]);
        int at = 0;
        for (int row = 0; row < _rows; row++)
        {
            for (int other = 0; other < row; other++, at += _groups)
            {
                for (int column = 0; column < units.Length; column++)
                {
                    double difference = inputs[(row * units.Length) + column] - inputs[(other * units.Length) + column];
                    _distances[at + groups.Groups[column]] += units[column] * difference * difference;
                }
            }
        }
    }

    /// <summary>Computes the value.</summary>
    /// <param name="weights">For every group the logarithm of its weight, then that of the noise relative to the signal.</param>
    /// <param name="gradient">Receives the derivatives, one for each; may be empty if they are not wanted.</param>
    /// <returns>Negative infinity if the kernel matrix is not positive definite in working precision.</returns>
    public double Value(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        double[] own = new double[_groups];
        for (int group = 0; group < _groups; group++)
        {
            own[group] = Math.Exp(weights[group]);
        }

        double noise = Math.Exp(weights[_groups]);
        Fill(own, noise);
        if (!DenseLinearSystem.TryCholesky(_matrix, _rows))
        {
            return double.NegativeInfinity;
        }

        double[] alpha = [.. _centred];
        DenseLinearSystem.SolveFactored(_matrix, alpha);
        double signal = Math.Max(DenseLinearSystem.Dot(_centred, alpha) / _rows, 1e-300);
        double value = -0.5 * _rows * Math.Log(signal);
        for (int row = 0; row < _rows; row++)
        {
            value -= Math.Log(_matrix[(row * _rows) + row]);
        }

        if (!gradient.IsEmpty)
        {
            Differentiate(own, noise, alpha, signal, gradient);
        }

        return value;
    }

    private void Fill(double[] weights, double noise)
    {
        int at = 0;
        for (int row = 0; row < _rows; row++)
        {
            for (int other = 0; other < row; other++, at += _groups)
            {
                (double squared, double differing) = (0, 0);
                for (int group = 0; group < _groups; group++)
                {
                    double part = weights[group] * _distances[at + group];
                    (squared, differing) = _areCategorical[group] ? (squared, differing + part) : (squared + part, differing);
                }

                double factor = Math.Exp(-differing);
                _matrix[(row * _rows) + other] = MixedKernel.Matern(squared) * factor;

                // By a squared distance below the diagonal, by a difference of choices above it.
                _slopes[(row * _rows) + other] = MixedKernel.MaternSlope(squared) * factor;
                _slopes[(other * _rows) + row] = -_matrix[(row * _rows) + other];
            }

            _matrix[(row * _rows) + row] = 1 + noise;
        }
    }

    private void Differentiate(double[] weights, double noise, double[] alpha, double signal, Span<double> gradient)
    {
        gradient.Clear();
        double[] inverse = InverseOf(_matrix, _rows);
        int at = 0;
        for (int row = 0; row < _rows; row++)
        {
            for (int other = 0; other < row; other++, at += _groups)
            {
                double pull = (alpha[row] * alpha[other] / signal) - inverse[(row * _rows) + other];
                double number = pull * _slopes[(row * _rows) + other];
                double choice = pull * _slopes[(other * _rows) + row];
                for (int group = 0; group < _groups; group++)
                {
                    gradient[group] += weights[group] * _distances[at + group] * (_areCategorical[group] ? choice : number);
                }
            }

            gradient[_groups] += 0.5 * noise * ((alpha[row] * alpha[row] / signal) - inverse[(row * _rows) + row]);
        }
    }

    // The lower triangle of (L·Lᵀ)⁻¹ = L⁻ᵀ·L⁻¹. Rows of the transposed L⁻¹ lie together, so that every sum runs along memory.
    private static double[] InverseOf(double[] factor, int rows)
    {
        double[] transposed = new double[rows * rows];
        for (int column = 0; column < rows; column++)
        {
            Span<double> own = transposed.AsSpan(column * rows, rows);
            own[column] = 1 / factor[(column * rows) + column];
            for (int row = column + 1; row < rows; row++)
            {
                own[row] = -DenseLinearSystem.Dot(factor.AsSpan((row * rows) + column, row - column), own[column..]) / factor[(row * rows) + row];
            }
        }

        double[] inverse = new double[rows * rows];
        for (int row = 0; row < rows; row++)
        {
            for (int other = 0; other <= row; other++)
            {
                inverse[(row * rows) + other] = DenseLinearSystem.Dot(transposed.AsSpan((row * rows) + row, rows - row), transposed.AsSpan((other * rows) + row, rows - row));
            }
        }

        return inverse;
    }
}
