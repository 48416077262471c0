using NasEngine.Core.Predictors;
using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Quality;

namespace NasEngine.Predictors.Adaptation;

/// <summary>Fits the correction of another device's predictions.</summary>
/// <remarks>
/// The ratio of the latencies' logarithms is fitted under Huber's loss: a shift, which is free, a stretch, and slopes along the features that are
/// held to 0, that is to the source. How strongly, cross-validation on the new rows decides; of strengths within one standard error the greatest is taken,
/// so that a device like the source keeps the source's shape.
/// </remarks>
internal static class RescaledSourceFit
{
    private const int Folds = 10;
    private const double Bound = 3;

    // From slopes that are not there at all to nearly free ones.
    private static readonly (double Stretch, double Slopes)[] Strengths =
        [(1e6, 1e6), (1e-2, 1e6), (1e-2, 1), (1e-2, 0.1), (1e-2, 3e-2), (1e-2, 1e-2), (3e-3, 3e-3), (1e-3, 1e-3), (1e-4, 1e-4)];

    /// <summary>Fits the correction.</summary>
    /// <param name="table">The features.</param>
    /// <param name="sources">The other device's predictions for the rows.</param>
    /// <param name="values">What was measured; above 0.</param>
    /// <param name="seed">The seed of the folds.</param>
    public static RescaledSource Fit(FeatureTable table, double[] sources, double[] values, long seed)
    {
        double[] before = [.. sources.Select(value => Math.Log(Math.Max(value, 1e-12)))];
        double[] wanted = [.. values.Select((value, row) => Math.Log(value) - before[row])];
        double centre = Descriptive.Mean(before);
        Standardization standardization = Standardization.Of(table);
        int columns = table.Columns.Length + 2;
        double[] design = new double[table.Rows * columns];
        for (int row = 0; row < table.Rows; row++)
        {
            RescaledSource.WriteRow(table.Row(row), before[row] - centre, standardization, design.AsSpan(row * columns, columns));
        }

        (double[] coefficients, double scale) = Solve(design, wanted, Choose(design, wanted, seed));
        return new RescaledSource(coefficients, centre, standardization, scale);
    }

    private static (double[] Coefficients, double Scale) Solve(double[] design, double[] wanted, (double Stretch, double Slopes) strength)
    {
        int columns = design.Length / wanted.Length;
        double[] penalties = new double[columns];
        penalties.AsSpan(2).Fill(strength.Slopes);
        penalties[1] = strength.Stretch;
        double[] coefficients = new double[columns];
        HuberFit fit = IteratedReweightedLeastSquares.Fit(design, wanted, penalties, nonNegative: false, coefficients);
        return (coefficients, fit.Scale);
    }

    private static (double Stretch, double Slopes) Choose(double[] design, double[] wanted, long seed)
    {
        int rows = wanted.Length;
        int columns = design.Length / rows;
        int folds = Math.Min(Folds, rows);
        int[] assigned = CrossValidation.AssignFolds(rows, folds, seed);
        double[][] errors = [.. Strengths.Select(strength =>
        {
            double[] found = new double[rows];
            for (int fold = 0; fold < folds; fold++)
            {
                int[] train = [.. Enumerable.Range(0, rows).Where(row => assigned[row] != fold)];
                double[] part = [.. train.SelectMany(row => design[(row * columns)..((row + 1) * columns)])];
                double[] coefficients = Solve(part, [.. train.Select(row => wanted[row])], strength).Coefficients;
                for (int row = 0; row < rows; row++)
                {
                    found[row] = assigned[row] == fold ? Math.Abs(wanted[row] - DenseLinearSystem.Dot(design.AsSpan(row * columns, columns), coefficients)) : found[row];
                }
            }

            return found;
        })];
        double bound = Bound * Descriptive.NormalConsistency * errors.Min(error => Descriptive.Median(error));
        double[][] losses = [.. errors.Select(error => error.Select(value => Math.Min(value, bound)).ToArray())];
        double[] best = losses.MinBy(loss => Descriptive.Mean(loss))!;
        int chosen = Array.FindIndex(losses, loss =>
        {
            double[] behind = [.. loss.Zip(best, (own, least) => own - least)];
            return Descriptive.Mean(behind) <= Descriptive.StandardDeviation(behind) / Math.Sqrt(rows);
        });
        return Strengths[chosen];
    }
}
