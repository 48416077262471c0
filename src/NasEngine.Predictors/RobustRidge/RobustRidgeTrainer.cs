using NasEngine.Core.Predictors;
using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.Ridge;

namespace NasEngine.Predictors.RobustRidge;

/// <summary>Linear in the features under Huber's loss, with the penalty that has the least cross-validated absolute error.</summary>
/// <remarks>Unlike least squares it is hardly moved by a part of the targets that are far off, such as failed trainings.</remarks>
internal sealed class RobustRidgeTrainer : IPredictorTrainer
{
    public const string TrainerName = "robust-ridge";

    private const int Folds = 3;

    private static readonly double[] Strengths = [1, 0.1, 0.01, 1e-3, 1e-5, 1e-8];

    public string Name => TrainerName;

    public string Description => "Linear in the features; targets that are far off hardly count.";

    public double Effort(int rows, int columns) => 2e-9 * Folds * Strengths.Length * 15 * rows * columns * (columns + 10);

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => null;

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        Standardization standardization = Standardization.Of(table);
        double middle = Descriptive.Median(values);
        double[] centred = [.. values.Select(value => value - middle)];
        double scale = Descriptive.Mean([.. centred.Select(Math.Abs)]);
        scale = scale > 0 ? scale : 1;
        double[] scaled = [.. centred.Select(value => value / scale)];
        double[] design = WithConstant(standardization.Apply(table), values.Length);
        double[] coefficients = Solve(design, scaled, Choose(design, scaled, seed));
        double[] unscaled = [.. coefficients.Skip(1).Select((coefficient, column) => standardization.Deviations[column] > 0 ? scale * coefficient / standardization.Deviations[column] : 0)];
        double constant = middle + (scale * coefficients[0]) - unscaled.Zip(standardization.Means, static (coefficient, mean) => coefficient * mean).Sum();
        return new RidgePredictor(table.Columns, constant, unscaled, TrainerName);
    }

    private static double[] WithConstant(double[] inputs, int rows)
    {
        int columns = inputs.Length / rows;
        double[] design = new double[rows * (columns + 1)];
        for (int row = 0; row < rows; row++)
        {
            design[row * (columns + 1)] = 1;
            inputs.AsSpan(row * columns, columns).CopyTo(design.AsSpan((row * (columns + 1)) + 1));
        }

        return design;
    }

    private static double[] Solve(ReadOnlySpan<double> design, double[] targets, double strength)
    {
        double[] penalties = new double[design.Length / targets.Length];
        penalties.AsSpan(1).Fill(strength);
        double[] coefficients = new double[penalties.Length];
        IteratedReweightedLeastSquares.Fit(design, targets, penalties, nonNegative: false, coefficients);
        return coefficients;
    }

    private static double Choose(double[] design, double[] targets, long seed)
    {
        int rows = targets.Length;
        int columns = design.Length / rows;
        int folds = Math.Min(Folds, rows);
        int[] assigned = CrossValidation.AssignFolds(rows, folds, seed);
        double[] errors = new double[Strengths.Length];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] train = [.. Enumerable.Range(0, rows).Where(row => assigned[row] != fold)];
            double[] part = [.. train.SelectMany(row => design[(row * columns)..((row + 1) * columns)])];
            double[] own = [.. train.Select(row => targets[row])];
            for (int index = 0; index < Strengths.Length; index++)
            {
                double[] coefficients = Solve(part, own, Strengths[index]);
                foreach (int row in Enumerable.Range(0, rows).Where(row => assigned[row] == fold))
                {
                    errors[index] += Math.Abs(targets[row] - DenseLinearSystem.Dot(design.AsSpan(row * columns, columns), coefficients));
                }
            }
        }

        return Strengths[Array.IndexOf(errors, errors.Min())];
    }
}
