using NasEngine.Core.Predictors;
using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.Ridge;

/// <summary>Least squares on standardised columns with a penalty whose strength has the least leave-one-out error.</summary>
/// <remarks>The leave-one-out residual of a row is its residual over one minus its leverage, so no row is left out in fact.</remarks>
internal sealed class RidgeTrainer : IPredictorTrainer
{
    public const string TrainerName = "ridge";

    private static readonly double[] Strengths = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

    public string Name => TrainerName;

    public string Description => "Linear in the features, with the penalty that predicts left-out rows best.";

    public double Effort(int rows, int columns) => 2e-8 * (rows + columns) * columns * columns;

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => null;

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        int columns = table.Columns.Length;
        Standardization standardization = Standardization.Of(table);
        double[] design = standardization.Apply(table);
        double mean = Descriptive.Mean(values);
        double[] centred = [.. values.Select(value => value - mean)];
        double[] ones = new double[values.Length];
        ones.AsSpan().Fill(1);
        double[] gram = new double[columns * columns];
        double[] right = new double[columns];
        IteratedReweightedLeastSquares.AccumulateProducts(design, centred, ones, gram, right);

        (double[] best, double least) = (new double[columns], double.PositiveInfinity);
        foreach (double strength in Strengths)
        {
            double[] factor = [.. gram];
            for (int column = 0; column < columns; column++)
            {
                factor[(column * columns) + column] += strength;
            }

            double[] coefficients = [.. right];
            DenseLinearSystem.SolveWithJitter(factor, coefficients);
            double error = LeaveOneOutError(design, centred, factor, coefficients);
            (best, least) = error < least * (1 - 1e-9) ? (coefficients, error) : (best, least);
        }

        double[] unscaled = [.. best.Select((coefficient, column) => standardization.Deviations[column] > 0 ? coefficient / standardization.Deviations[column] : 0)];
        return new RidgePredictor(table.Columns, mean - unscaled.Zip(standardization.Means, (coefficient, offset) => coefficient * offset).Sum(), unscaled);
    }

    private static double LeaveOneOutError(double[] design, double[] targets, double[] factor, double[] coefficients)
    {
        (int rows, int columns) = (targets.Length, coefficients.Length);
        double[] solved = new double[columns];
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> values = design.AsSpan(row * columns, columns);
            values.CopyTo(solved);
            DenseLinearSystem.SolveLower(factor, solved);
            double leverage = (1.0 / rows) + (DenseLinearSystem.Dot(solved, solved) / rows);
            double residual = (targets[row] - DenseLinearSystem.Dot(values, coefficients)) / Math.Max(1e-12, 1 - leverage);
            sum += residual * residual;
        }

        return sum;
    }
}
