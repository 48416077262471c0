using NasEngine.Core.Predictors;
using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Quality;

namespace NasEngine.Predictors.RobustAdditive;

/// <summary>Fits latency as what it is: a constant and a cost for every kernel, operation and byte, none of them negative.</summary>
/// <remarks>
/// Relative residuals under Huber's loss, so that a slow network counts like a fast one and a disturbed measurement hardly counts.
/// Columns are scaled to mean 1; the ridge strength is the one with the least cross-validated relative error, of several as good the greatest.
/// </remarks>
internal sealed class RobustAdditiveTrainer : IPredictorTrainer
{
    public const string TrainerName = "robust-additive";

    // A prediction below this part of the least target seen would be no latency any more.
    private const double FloorShare = 0.1;
    private const int Folds = 5;

    private static readonly double[] Strengths = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

    public string Name => TrainerName;

    public string Description => "Latency as a sum of non-negative costs of kernels, operations and bytes; robust to disturbed measurements.";

    public TrainerTraits Traits => TrainerTraits.PhysicalUnits;

    public double Effort(int rows, int columns) => 2e-6 * rows * columns * columns;

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (targets.Any(target => target <= 0))
        {
            return "Every target must be above 0.";
        }

        int negative = table.Values.IndexOfAnyInRange(double.MinValue, -double.Epsilon);
        return negative < 0 ? null : $"Feature '{table.Columns[negative % table.Columns.Length]}' is negative in row {negative / table.Columns.Length}.";
    }

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        if (Objection(table, values) is string objection)
        {
            throw new ArgumentException(objection, nameof(table));
        }

        double[] scales = ScalesOf(table);
        double middle = Descriptive.Median(values);
        double[] design = RelativeDesign(table, values, scales, middle);
        double[] coefficients = Solve(design, values.Length, ChooseStrength(design, values.Length, seed));
        double[] unscaled = [.. coefficients.Skip(1).Select((coefficient, index) => coefficient * middle / scales[index])];
        return new RobustAdditivePredictor(table.Columns, coefficients[0] * middle, FloorShare * values.Min(), unscaled);
    }

    private static double[] ScalesOf(FeatureTable table)
    {
        double[] scales = new double[table.Columns.Length];
        for (int row = 0; row < table.Rows; row++)
        {
            ReadOnlySpan<double> values = table.Row(row);
            for (int column = 0; column < scales.Length; column++)
            {
                scales[column] += values[column] / table.Rows;
            }
        }

        return [.. scales.Select(scale => scale > 0 ? scale : 1)];
    }

    // Row by row [1, features / scales] · middle / target: the coefficients that bring every row to 1 have no relative error.
    private static double[] RelativeDesign(FeatureTable table, double[] targets, double[] scales, double middle)
    {
        int columns = scales.Length + 1;
        double[] design = new double[table.Rows * columns];
        for (int row = 0; row < table.Rows; row++)
        {
            double factor = middle / targets[row];
            design[row * columns] = factor;
            for (int column = 1; column < columns; column++)
            {
                design[(row * columns) + column] = table.Row(row)[column - 1] / scales[column - 1] * factor;
            }
        }

        return design;
    }

    private static double[] Solve(ReadOnlySpan<double> design, int rows, double strength)
    {
        int columns = design.Length / rows;
        double[] penalties = new double[columns];
        penalties.AsSpan(1).Fill(strength);
        double[] ones = new double[rows];
        ones.AsSpan().Fill(1);
        double[] coefficients = new double[columns];
        IteratedReweightedLeastSquares.Fit(design, ones, penalties, nonNegative: true, coefficients);
        return coefficients;
    }

    private static double ChooseStrength(double[] design, int rows, long seed)
    {
        int columns = design.Length / rows;
        int folds = Math.Min(Folds, rows);
        int[] assigned = CrossValidation.AssignFolds(rows, folds, seed);
        (double best, double least) = (Strengths[0], double.PositiveInfinity);
        foreach (double strength in Strengths)
        {
            double[] errors = new double[rows];
            for (int fold = 0; fold < folds; fold++)
            {
                int[] train = [.. Enumerable.Range(0, rows).Where(row => assigned[row] != fold)];
                double[] part = [.. train.SelectMany(row => design[(row * columns)..((row + 1) * columns)])];
                double[] coefficients = Solve(part, train.Length, strength);
                for (int row = 0; row < rows; row++)
                {
                    errors[row] = assigned[row] == fold ? Math.Abs(1 - Product(design.AsSpan(row * columns, columns), coefficients)) : errors[row];
                }
            }

            double error = TrimmedMean(errors);
            (best, least) = error < least * (1 - 1e-3) ? (strength, error) : (best, least);
        }

        return best;
    }

    // Disturbed measurements are no fault of a strength: the worst tenth is left out.
    private static double TrimmedMean(double[] errors)
    {
        Array.Sort(errors);
        return errors.Take(Math.Max(1, (int)Math.Ceiling(0.9 * errors.Length))).Average();
    }

    private static double Product(ReadOnlySpan<double> row, double[] coefficients)
    {
        double sum = 0;
        for (int column = 0; column < coefficients.Length; column++)
        {
            sum += row[column] * coefficients[column];
        }

        return sum;
    }
}
