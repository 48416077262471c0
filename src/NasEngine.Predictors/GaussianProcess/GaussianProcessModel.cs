using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>A Gaussian process with a Matérn-5/2 kernel, conditioned on rows.</summary>
/// <remarks>
/// Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, algorithm 2.1 and equation 4.17. Distances are means over the columns of
/// a group, so that a group of many columns is no farther than one of few. The signal's variance has its best value in closed form.
/// </remarks>
internal sealed class GaussianProcessModel
{
    private readonly int[] _groups;
    private readonly double[] _weights;
    private readonly double[] _inputs;
    private readonly double[] _factor;
    private readonly double[] _alpha;
    private readonly double _mean;
    private readonly double _signal;
    private readonly double _noise;

    private GaussianProcessModel(double[] inputs, int[] groups, double[] weights, double[] factor, double[] alpha, double mean, double signal, double noise, double logLikelihood) =>
        (_inputs, _groups, _weights, _factor, _alpha, _mean, _signal, _noise, LogLikelihood) = (inputs, groups, weights, factor, alpha, mean, signal, noise, logLikelihood);

    /// <summary>Gets the logarithm of the marginal likelihood, without its constant.</summary>
    public double LogLikelihood { get; }

    /// <summary>Conditions a process on standardised rows.</summary>
    /// <param name="inputs">Row-major <c>[n × p]</c>.</param>
    /// <param name="targets"><c>[n]</c>.</param>
    /// <param name="groups"><c>[p]</c> group numbers.</param>
    /// <param name="parameters">The kernel's parameters.</param>
    /// <returns><see langword="null"/> if the kernel matrix is not positive definite in working precision.</returns>
    public static GaussianProcessModel? Create(double[] inputs, double[] targets, int[] groups, KernelParameters parameters)
    {
        int rows = targets.Length;
        int columns = groups.Length;
        double[] weights = [.. groups.Select(group => 1 / (parameters.LengthScales[group] * parameters.LengthScales[group] * groups.Count(other => other == group)))];
        double[] matrix = new double[rows * rows];
        for (int row = 0; row < rows; row++)
        {
            for (int other = 0; other < row; other++)
            {
                matrix[(row * rows) + other] = Matern(inputs.AsSpan(row * columns, columns), inputs.AsSpan(other * columns, columns), weights);
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
        double logDeterminant = 0;
        for (int row = 0; row < rows; row++)
        {
            logDeterminant += Math.Log(matrix[(row * rows) + row]);
        }

        return new GaussianProcessModel(inputs, groups, weights, matrix, alpha, mean, signal, parameters.Noise, (-0.5 * rows * Math.Log(signal)) - logDeterminant);
    }

    /// <summary>Gives the mean of the prediction at a standardised point.</summary>
    public double Mean(ReadOnlySpan<double> point) => _mean + DenseLinearSystem.Dot(Covariances(point), _alpha);

    /// <summary>Gives the variance of a measurement at a standardised point.</summary>
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
            covariances[row] = Matern(point, _inputs.AsSpan(row * _groups.Length, _groups.Length), _weights);
        }

        return covariances;
    }

    private static double Matern(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double[] weights)
    {
        double squared = 0;
        for (int column = 0; column < weights.Length; column++)
        {
            double difference = first[column] - second[column];
            squared += weights[column] * difference * difference;
        }

        double scaled = Math.Sqrt(5 * squared);
        return (1 + scaled + (5.0 / 3 * squared)) * Math.Exp(-scaled);
    }
}
