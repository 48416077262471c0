using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.RobustPosynomial;

/// <summary>Non-negative coefficients that bring every row of a relative design to 1, whatever a part of disturbed rows says.</summary>
/// <remarks>
/// First the least absolute residuals, which a third of rows at another level hardly moves; the scale is theirs and stays. Then Huber's loss at
/// that scale, which is nearly as good as least squares where nothing is disturbed (the two stages of MM-estimation: Yohai 1987).
/// </remarks>
internal static class RelativeFit
{
    private const int AbsoluteRounds = 12;
    private const int HuberRounds = 8;

    // Residuals below this part of the scale count alike, or the least of them would decide alone.
    private const double AbsoluteFloor = 0.2;

    // A price for every coefficient, as part of the scale: terms that explain noise alone are left out.
    private const double SparsityShare = 0.005;
    private const double Jitter = 1e-8;

    /// <summary>Fits the coefficients.</summary>
    /// <param name="design">Row-major <c>[n × p]</c>: features over targets, with columns of like size; the first is the constant.</param>
    /// <param name="rows">The number of rows, <c>n</c>.</param>
    /// <returns><c>[p]</c> coefficients and the robust standard deviation of the relative residuals.</returns>
    public static (double[] Coefficients, double Scale) Fit(ReadOnlySpan<double> design, int rows)
    {
        int columns = design.Length / rows;
        double[] coefficients = new double[columns];
        double[] weights = new double[rows];
        double[] residuals = new double[rows];
        weights.AsSpan().Fill(1);
        Workspace workspace = new(rows, columns);
        double scale = 0;
        for (int round = 0; round < AbsoluteRounds; round++)
        {
            bool settled = workspace.Solve(design, weights, SparsityShare * scale, coefficients) && round > 1;
            scale = ScaleOf(design, coefficients, residuals);
            if (settled)
            {
                break;
            }

            for (int row = 0; row < rows; row++)
            {
                weights[row] = scale / Math.Max(residuals[row], AbsoluteFloor * scale);
            }
        }

        double limit = IteratedReweightedLeastSquares.HuberThreshold * scale;
        for (int round = 0; round < HuberRounds; round++)
        {
            for (int row = 0; row < rows; row++)
            {
                weights[row] = residuals[row] <= limit ? 1 : limit / residuals[row];
            }

            bool settled = workspace.Solve(design, weights, SparsityShare * scale, coefficients);
            ScaleOf(design, coefficients, residuals);
            if (settled)
            {
                break;
            }
        }

        return (coefficients, scale);
    }

    private static double ScaleOf(ReadOnlySpan<double> design, double[] coefficients, double[] residuals)
    {
        int columns = coefficients.Length;
        for (int row = 0; row < residuals.Length; row++)
        {
            residuals[row] = Math.Abs(1 - DenseLinearSystem.Dot(design.Slice(row * columns, columns), coefficients));
        }

        // Differences in the seventh digit are no disturbances.
        return Math.Max(1e-7, Descriptive.NormalConsistency * Descriptive.Median(residuals));
    }

    private sealed class Workspace(int rows, int columns)
    {
        private readonly double[] _ones = [.. Enumerable.Repeat(1.0, rows)];
        private readonly double[] _gram = new double[columns * columns];
        private readonly double[] _right = new double[columns];
        private readonly double[] _previous = new double[columns];

        // Says whether the coefficients have hardly moved.
        public bool Solve(ReadOnlySpan<double> design, double[] weights, double price, double[] coefficients)
        {
            IteratedReweightedLeastSquares.AccumulateProducts(design, _ones, weights, _gram, _right);
            for (int column = 1; column < columns; column++)
            {
                _gram[(column * columns) + column] += Jitter;
                _right[column] -= price;
            }

            coefficients.CopyTo(_previous, 0);
            NonNegativeLeastSquares.Solve(_gram, _right, [], coefficients);
            (double change, double size) = (0, 0);
            for (int column = 0; column < columns; column++)
            {
                change = Math.Max(change, Math.Abs(coefficients[column] - _previous[column]));
                size = Math.Max(size, coefficients[column]);
            }

            return change <= 1e-4 * size;
        }
    }
}
