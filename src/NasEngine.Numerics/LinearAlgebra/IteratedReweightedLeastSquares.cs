using System.Numerics;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Numerics.LinearAlgebra;

/// <summary>Linear fits that a part of bad targets does not spoil.</summary>
/// <remarks>Huber: Robust Estimation of a Location Parameter, 1964; solved by least squares with weights that are set anew until they settle.</remarks>
public static class IteratedReweightedLeastSquares
{
    /// <summary>Beyond this many standard deviations a residual counts linearly: 95 % efficient if the noise is normal after all.</summary>
    public const double HuberThreshold = 1.345;

    private const int MaxIterations = 50;

    /// <summary>Fits <c>targets ≈ design · coefficients</c> under Huber's loss with a ridge penalty.</summary>
    /// <param name="design">Row-major <c>[n × p]</c>; finite. A constant column gives an intercept.</param>
    /// <param name="targets"><c>[n]</c>; finite.</param>
    /// <param name="penalties"><c>[p]</c>, not negative: what is added to the diagonal of the mean of products. 0 leaves a coefficient unpunished.</param>
    /// <param name="nonNegative">Whether every coefficient must be 0 or above.</param>
    /// <param name="coefficients">Receives <c>[p]</c>.</param>
    /// <returns>The scale of the residuals, and whether the fit settled.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or there is no row.</exception>
    /// <remarks>O(n · p²) for each of at most 50 iterations.</remarks>
    public static HuberFit Fit(
        ReadOnlySpan<double> design, ReadOnlySpan<double> targets, ReadOnlySpan<double> penalties, bool nonNegative, Span<double> coefficients)
    {
        int columns = penalties.Length;
        int rows = targets.Length;
        if (rows == 0 || columns == 0 || design.Length != rows * columns || coefficients.Length != columns)
        {
            throw new ArgumentException(
                $"Expected a design of shape [{rows} × {columns}] with at least one row and column, and {columns} coefficients; got {design.Length} values and {coefficients.Length}.", nameof(design));
        }

        double[] weights = new double[rows];
        double[] residuals = new double[rows];
        double[] previous = new double[columns];
        double[] gram = new double[columns * columns];
        double[] right = new double[columns];
        double[] scratch = new double[columns];
        weights.AsSpan().Fill(1);
        coefficients.Clear();

        // Differences in the seventh digit are no outliers, in whatever is fitted.
        double floor = 1e-7 * (Descriptive.Median(Absolute(targets, residuals)) + double.Epsilon);
        double scale = 0;
        for (int iteration = 1; iteration <= MaxIterations; iteration++)
        {
            AccumulateProducts(design, targets, weights, gram, right);
            for (int column = 0; column < columns; column++)
            {
                gram[(column * columns) + column] += penalties[column];
            }

            coefficients.CopyTo(previous);
            SolveNormalEquations(gram, right, nonNegative, scratch, coefficients);
            for (int row = 0; row < rows; row++)
            {
                residuals[row] = Math.Abs(targets[row] - DenseLinearSystem.Dot(design.Slice(row * columns, columns), coefficients));
            }

            scale = Math.Max(floor, Descriptive.NormalConsistency * Descriptive.Median(residuals));
            if (iteration > 1 && HasSettled(previous, coefficients))
            {
                return new HuberFit(scale, iteration, true);
            }

            for (int row = 0; row < rows; row++)
            {
                weights[row] = residuals[row] <= HuberThreshold * scale ? 1 : HuberThreshold * scale / residuals[row];
            }
        }

        return new HuberFit(scale, MaxIterations, false);
    }

    /// <summary>Computes the weighted means of products that normal equations are made of.</summary>
    /// <param name="design">Row-major <c>[n × p]</c>.</param>
    /// <param name="targets"><c>[n]</c>.</param>
    /// <param name="weights"><c>[n]</c>, not negative, not all 0; the sums are divided by their sum.</param>
    /// <param name="gram">Receives <c>[p × p]</c>, both triangles.</param>
    /// <param name="right">Receives <c>[p]</c>.</param>
    public static void AccumulateProducts(
        ReadOnlySpan<double> design, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> gram, Span<double> right)
    {
        int columns = right.Length;
        double total = Descriptive.Mean(weights) * weights.Length;
        gram.Clear();
        right.Clear();
        for (int row = 0; row < targets.Length; row++)
        {
            ReadOnlySpan<double> values = design.Slice(row * columns, columns);
            for (int i = 0; i < columns; i++)
            {
                double weighted = values[i] * weights[row] / total;
                if (weighted != 0)
                {
                    right[i] += weighted * targets[row];
                    AddScaled(gram.Slice(i * columns, i + 1), values, weighted);
                }
            }
        }

        for (int i = 0; i < columns; i++)
        {
            for (int j = i + 1; j < columns; j++)
            {
                gram[(i * columns) + j] = gram[(j * columns) + i];
            }
        }
    }

    // Element by element, so that the bits do not depend on the width of a vector.
    private static void AddScaled(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        Vector<double> factors = new(factor);
        int index = 0;
        for (; index + Vector<double>.Count <= sums.Length; index += Vector<double>.Count)
        {
            Span<double> part = sums[index..];
            (new Vector<double>(part) + (factors * new Vector<double>(values[index..]))).CopyTo(part);
        }

        for (; index < sums.Length; index++)
        {
            sums[index] += factor * values[index];
        }
    }

    private static void SolveNormalEquations(double[] gram, double[] right, bool nonNegative, double[] scratch, Span<double> coefficients)
    {
        if (nonNegative)
        {
            NonNegativeLeastSquares.Solve(gram, right, [], coefficients);
            return;
        }

        right.CopyTo(scratch, 0);
        DenseLinearSystem.SolveWithJitter(gram, scratch);
        scratch.CopyTo(coefficients);
    }

    private static double[] Absolute(ReadOnlySpan<double> values, double[] result)
    {
        for (int index = 0; index < values.Length; index++)
        {
            result[index] = Math.Abs(values[index]);
        }

        return result;
    }

    private static bool HasSettled(ReadOnlySpan<double> previous, ReadOnlySpan<double> current)
    {
        (double change, double size) = (0, 0);
        for (int index = 0; index < current.Length; index++)
        {
            change = Math.Max(change, Math.Abs(current[index] - previous[index]));
            size = Math.Max(size, Math.Abs(current[index]));
        }

        return change <= 1e-8 * size;
    }
}
