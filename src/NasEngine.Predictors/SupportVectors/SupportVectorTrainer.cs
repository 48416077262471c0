using NasEngine.Core.Predictors;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Quality;

namespace NasEngine.Predictors.SupportVectors;

/// <summary>Fits support vector regression with a radial kernel; its width and limit have the least cross-validated absolute error.</summary>
/// <remarks>
/// Drucker and others: Support Vector Regression Machines, 1996. Columns are standardised; widths are relative to the mean distance of rows, so
/// that the same few fit any number of columns. Beyond 300 rows the settings are chosen on 300 drawn by the seed.
/// </remarks>
internal sealed class SupportVectorTrainer : IPredictorTrainer
{
    public const string TrainerName = "svr";
    public const int MostRows = 4000;

    private const int SearchRows = 300;
    private const int Folds = 4;

    // In standard deviations of the targets.
    private const double Tube = 0.05;

    private static readonly double[] Rates = [0.06, 0.15, 0.4, 1];
    private static readonly double[] Limits = [0.5, 2, 8, 30];

    public string Name => TrainerName;

    public string Description => "Support vectors with a radial kernel: strong from a hundred rows where the response is smooth. Up to 4000 rows.";

    public double Effort(int rows, int columns)
    {
        double searched = Math.Min(rows, SearchRows);
        return (1.5e-6 * searched * searched) + (2e-7 * rows * (double)rows) + (2e-9 * rows * (double)rows * columns);
    }

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Rows <= MostRows ? null : $"At most {MostRows} rows can be taken, not {table.Rows}.";
    }

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        if (Objection(table, values) is string objection)
        {
            throw new ArgumentException(objection, nameof(table));
        }

        Standardization standardization = Standardization.Of(table);
        double[] inputs = standardization.Apply(table);
        double mean = Descriptive.Mean(values);
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        double scale = deviation > 1e-12 * Math.Abs(mean) ? deviation : 1;
        double[] scaled = [.. values.Select(value => (value - mean) / scale)];
        double[] distances = RadialKernel.Distances(inputs, values.Length);
        double unit = RadialKernel.Scale(distances, values.Length);
        (double rate, double limit) = Search(distances, unit, scaled, seed);

        double[] coefficients = new double[values.Length];
        SupportVectorSolver.Solve(RadialKernel.Matrix(distances, rate / unit), scaled, limit, Tube, coefficients);
        int[] vectors = [.. Enumerable.Range(0, values.Length).Where(row => coefficients[row] != 0)];
        double[] kept = [.. vectors.SelectMany(row => inputs[(row * table.Columns.Length)..((row + 1) * table.Columns.Length)])];
        return new SupportVectorPredictor([.. table.Columns], standardization, mean, scale, rate / unit, kept, [.. vectors.Select(row => coefficients[row])]);
    }

    private static (double Rate, double Limit) Search(double[] distances, double unit, double[] targets, long seed)
    {
        int rows = targets.Length;
        int[] sample = [.. HoldOut.Shuffled(rows, seed).Take(SearchRows)];
        int folds = Math.Min(Folds, sample.Length);
        (double Rate, double Limit) best = (Rates[0], Limits[0]);
        double least = double.PositiveInfinity;
        foreach (double rate in Rates)
        {
            double[] kernel = RadialKernel.Matrix(distances, rate / unit);
            double[] errors = new double[Limits.Length];
            for (int fold = 0; fold < folds; fold++)
            {
                int[] train = [.. sample.Where((_, place) => place % folds != fold)];
                int[] test = [.. sample.Where((_, place) => place % folds == fold)];
                AddErrors(kernel, rows, targets, train, test, errors);
            }

            int place = Array.IndexOf(errors, errors.Min());
            (best, least) = errors[place] < least * (1 - 1e-9) ? ((rate, Limits[place]), errors[place]) : (best, least);
        }

        return best;
    }

    // Limits rise, and each solution starts with the one before.
    private static void AddErrors(double[] kernel, int rows, double[] targets, int[] train, int[] test, double[] errors)
    {
        double[] part = new double[train.Length * train.Length];
        for (int row = 0; row < train.Length; row++)
        {
            for (int other = 0; other < train.Length; other++)
            {
                part[(row * train.Length) + other] = kernel[(train[row] * rows) + train[other]];
            }
        }

        double[] own = [.. train.Select(row => targets[row])];
        double[] coefficients = new double[train.Length];
        for (int index = 0; index < Limits.Length; index++)
        {
            SupportVectorSolver.Solve(part, own, Limits[index], Tube, coefficients);
            foreach (int row in test)
            {
                double sum = 0;
                for (int other = 0; other < train.Length; other++)
                {
                    sum += coefficients[other] * kernel[(row * rows) + train[other]];
                }

                errors[index] += Math.Abs(sum - targets[row]);
            }
        }
    }
}
