using NasEngine.Core.Predictors;
using NasEngine.Predictors.Quality;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>Fits a Gaussian process: length scales for groups of columns and a noise, by marginal likelihood.</summary>
/// <remarks>
/// The parameters are searched on a grid with one length scale for all, then one by one with shrinking steps: no gradient, no chance.
/// Beyond 250 rows the search sees 250 drawn by the seed; the process itself is conditioned on all.
/// </remarks>
internal sealed class GaussianProcessTrainer : IPredictorTrainer
{
    public const string TrainerName = "gp";
    public const int MostRows = 1000;

    private const int SearchRows = 250;
    private const int RoundsPerStep = 3;

    private static readonly double[] GridScales = [0.3, 1, 3, 10];
    private static readonly double[] GridNoises = [1e-4, 1e-2, 0.1, 1];
    private static readonly double[] Steps = [3, 1.7, 1.2];

    public string Name => TrainerName;

    public string Description => "A Gaussian process: smooth in the features, and says how sure it is. Up to 1000 rows.";

    public double Effort(int rows, int columns) => 4e-8 * Math.Pow(Math.Min(rows, SearchRows), 2) * (Math.Min(rows, SearchRows) + (20 * columns));

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

        int[] groups = ColumnGroups.Of(table.Columns);
        int[] sample = [.. HoldOut.Shuffled(table.Rows, seed).Take(SearchRows).Order()];
        double[] inputs = Standardization.Of(table).Apply(table.Select(sample));
        KernelParameters parameters = Search(inputs, [.. sample.Select(row => values[row])], groups);
        return GaussianProcessPredictor.Create(table, values, parameters)
            ?? throw new ArgumentException("The rows give no positive definite kernel matrix.", nameof(table));
    }

    private static KernelParameters Search(double[] inputs, double[] targets, int[] groups)
    {
        int count = groups.Max() + 1;
        KernelParameters best = new([.. Enumerable.Repeat(1.0, count)], 0.1);
        double likelihood = double.NegativeInfinity;
        foreach (double scale in GridScales)
        {
            foreach (double noise in GridNoises)
            {
                Try(new KernelParameters([.. Enumerable.Repeat(scale, count)], noise));
            }
        }

        foreach (double step in Steps)
        {
            for (int round = 0; round < RoundsPerStep; round++)
            {
                bool improved = false;
                for (int index = 0; index <= count; index++)
                {
                    improved |= Try(Moved(best, index, step)) || Try(Moved(best, index, 1 / step));
                }

                if (!improved)
                {
                    break;
                }
            }
        }

        return best;

        bool Try(KernelParameters candidate)
        {
            double found = GaussianProcessModel.Create(inputs, targets, groups, candidate)?.LogLikelihood ?? double.NegativeInfinity;
            bool isBetter = found > likelihood + 1e-9;
            (best, likelihood) = isBetter ? (candidate, found) : (best, likelihood);
            return isBetter;
        }
    }

    // The last place is the noise.
    private static KernelParameters Moved(KernelParameters parameters, int index, double factor)
    {
        if (index == parameters.LengthScales.Length)
        {
            return parameters with { Noise = Math.Clamp(parameters.Noise * factor * factor, 1e-6, 10) };
        }

        double[] scales = [.. parameters.LengthScales];
        scales[index] = Math.Clamp(scales[index] * factor, 0.05, 100);
        return parameters with { LengthScales = scales };
    }
}
