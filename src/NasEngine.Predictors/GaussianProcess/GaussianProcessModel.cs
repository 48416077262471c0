using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>A Gaussian process conditioned on rows.</summary>
/// <remarks>Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, algorithm 2.1. The signal's variance has its best value in closed form.</remarks>
internal sealed class GaussianProcessModel
{
    private readonly double[] _inputs;
    private readonly double[] _weights;
    private readonly bool[] _areCategorical;
    private readonly double[] _factor;
    private readonly double[] _alpha;
    private readonly double _mean;
    private readonly double _signal;
    private readonly double _noise;

    private GaussianProcessModel(double[] inputs, double[] weights, bool[] areCategorical, double[] factor, double[] alpha, double mean, double signal, double noise) =>
        (_inputs, _weights, _areCategorical, _factor, _alpha, _mean, _signal, _noise) = (inputs, weights, areCategorical, factor, alpha, mean, signal, noise);

    /// <summary>Conditions a process on rows.</summary>
    /// <param name="inputs">Row-major <c>[n × p]</c>, as <see cref="GaussianProcessInputs"/> gives them.</param>
    /// <param name="targets"><c>[n]</c>.</param>
    /// <param name="groups">The columns' groups.</param>
    /// <param name="parameters">The kernel's parameters.</param>
    /// <returns><see langword="null"/> if the kernel matrix is not positive definite in working precision.</returns>
    public static GaussianProcessModel? Create(double[] inputs, double[] targets, ColumnGroups groups, KernelParameters parameters)
    {
        int rows = targets.Length;
        int columns = groups.Groups.Length;
        double[] weights = MixedKernel.ColumnWeights(groups, [.. parameters.LengthScales.Select(static scale => 1 / (scale * scale))]);
        bool[] areCategorical = [.. groups.Groups.Select(group => groups.AreCategorical[group])];
        double[] matrix = new double[rows * rows];
        for (int row = 0; row < rows; row++)
        {
            for (int other = 0; other < row; other++)
            {
                matrix[(row * rows) + other] = MixedKernel.Correlation(inputs.AsSpan(row * columns, columns), inputs.AsSpan(other * columns, columns), weights, areCategorical);
            }

            matrix[(row * rows) + row] = 1 + parameters.Noise;
        }

        if (!DenseLinearSystem.TryCholesky(matrix, rows))
        {
            return null;
        }

        double mean = Descriptive.Mean(targets);
        double[] centred = [.. targets.Select(target => target - mean)];
        double[] alpha = [.. centred];
        DenseLinearSystem.SolveFactored(matrix, alpha);
        double signal = Math.Max(DenseLinearSystem.Dot(centred, alpha) / rows, 1e-300);
        return new GaussianProcessModel(inputs, weights, areCategorical, matrix, alpha, mean, signal, parameters.Noise);
    }

    /// <summary>Gives the mean of the prediction at a point.</summary>
    public double Mean(ReadOnlySpan<double> point) => _mean + DenseLinearSystem.Dot(Covariances(point), _alpha);

    /// <summary>Gives the variance of a measurement at a point.</summary>
    public double Variance(ReadOnlySpan<double> point)
    {
        double[] covariances = Covariances(point);
        DenseLinearSystem.SolveLower(_factor, covariances);
        return _signal * (Math.Max(0, 1 - DenseLinearSystem.Dot(covariances, covariances)) + _noise);
    }

    private double[] Covariances(ReadOnlySpan<double> point)
    {
        double[] covariances = new double[_alpha.Length];
        for (int row = 0; row < covariances.Length; row++)
        {
            covariances[row] = MixedKernel.Correlation(point, _inputs.AsSpan(row * _weights.Length, _weights.Length), _weights, _areCategorical);
        }

        return covariances;
    }
}
