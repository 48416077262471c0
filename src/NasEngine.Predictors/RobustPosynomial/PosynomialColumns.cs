using NasEngine.Core.Predictors;
using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.RobustPosynomial;

/// <summary>Finds which columns of a table a posynomial is made of, and which way latency goes with each.</summary>
internal static class PosynomialColumns
{
    // A slope so many standard errors below 0 is one that latency falls along.
    private const double Significance = 4;

    // Rows for each column below which slopes are not told apart.
    private const int RowsPerColumn = 3;

    /// <summary>Gives the columns, ascending: numbers that stand for something, or all but properties of a graph where there are none.</summary>
    public static int[] Choose(FeatureTable table)
    {
        int[] varying = [.. Enumerable.Range(0, table.Columns.Length).Where(column => Distinct(table, column, 2) > 1)];
        int[] physical = [.. varying.Where(column => table.Kinds[column] is FeatureKind.Quantity or FeatureKind.Value or FeatureKind.Summary or FeatureKind.Activity)];
        return physical.Any(column => table.Kinds[column] is FeatureKind.Quantity or FeatureKind.Value)
            ? physical
            : [.. varying.Where(column => table.Kinds[column] != FeatureKind.Graph)];
    }

    /// <summary>Counts different values of a column, up to a number.</summary>
    public static int Distinct(FeatureTable table, int column, int most)
    {
        HashSet<double> seen = [];
        for (int row = 0; row < table.Rows && seen.Count < most; row++)
        {
            seen.Add(table.Row(row)[column]);
        }

        return seen.Count;
    }

    /// <summary>Finds origins and directions: a column that latency falls along is counted down from its greatest value.</summary>
    public static (double[] Origins, int[] Directions) Orient(FeatureTable table, int[] columns, double[] targets)
    {
        double[] origins = new double[table.Columns.Length];
        int[] directions = [.. Enumerable.Repeat(1, table.Columns.Length)];
        bool[] falls = Falls(table, columns, targets);
        for (int index = 0; index < columns.Length; index++)
        {
            (double least, double greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int row = 0; row < table.Rows; row++)
            {
                double value = table.Row(row)[columns[index]];
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            }

            directions[columns[index]] = falls[index] ? -1 : 1;
            origins[columns[index]] = falls[index] ? greatest : Math.Min(0, least);
        }

        return (origins, directions);
    }

    // A robust linear fit of relative residuals with signed slopes, and their standard errors.
    private static bool[] Falls(FeatureTable table, int[] columns, double[] targets)
    {
        int width = columns.Length + 1;
        if (columns.Length == 0 || table.Rows < RowsPerColumn * width)
        {
            return new bool[columns.Length];
        }

        FeatureTable chosen = table.SelectColumns(columns);
        Standardization standardization = Standardization.Of(chosen);
        double[] standardized = standardization.Apply(chosen);
        double middle = Descriptive.Median(targets);
        double[] design = new double[table.Rows * width];
        for (int row = 0; row < table.Rows; row++)
        {
            design[row * width] = middle / targets[row];
            for (int column = 1; column < width; column++)
            {
                design[(row * width) + column] = standardized[(row * (width - 1)) + column - 1] * middle / targets[row];
            }
        }

        double[] ones = [.. Enumerable.Repeat(1.0, table.Rows)];
        double[] penalties = [.. Enumerable.Repeat(1e-6, width)];
        double[] slopes = new double[width];
        HuberFit fit = IteratedReweightedLeastSquares.Fit(design, ones, penalties, nonNegative: false, slopes);
        double[] gram = new double[width * width];
        IteratedReweightedLeastSquares.AccumulateProducts(design, ones, ones, gram, new double[width]);
        for (int column = 0; column < width; column++)
        {
            gram[(column * width) + column] += penalties[column];
        }

        bool[] falls = new bool[columns.Length];
        if (DenseLinearSystem.TryCholesky(gram, width))
        {
            for (int column = 1; column < width; column++)
            {
                double[] unit = new double[width];
                unit[column] = 1;
                DenseLinearSystem.SolveFactored(gram, unit);
                falls[column - 1] = slopes[column] < -Significance * fit.Scale * Math.Sqrt(Math.Max(0, unit[column]) / table.Rows);
            }
        }

        return falls;
    }
}
