using NasEngine.Core.Predictors;
using NasEngine.Predictors.Quality;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>Fits a Gaussian process: a length scale for every gene or kind of property and a noise, by marginal likelihood.</summary>
/// <remarks>
/// One length scale for all and the noise are searched on a grid; from there each group's follows the gradient, held to the common one by a prior, so that
/// dozens of them can be learnt from a hundred rows. Beyond 200 rows the search sees 200 drawn by the seed; the process itself is conditioned on all.
/// </remarks>
internal sealed class GaussianProcessTrainer : IPredictorTrainer
{
    public const string TrainerName = "gp";
    public const int MostRows = 2000;

    private const int SearchRows = 200;
    private const int Steps = 30;

    // The prior's deviation of the logarithm of a group's weight from the common one.
    private const double Spread = 1.2;

    private static readonly double[] GridScales = [0.3, 1, 3, 10];
    private static readonly double[] GridNoises = [1e-4, 1e-2, 0.1, 1];

    public string Name => TrainerName;

    public string Description => "A Gaussian process: smooth in the features, and says how sure it is. Up to 2000 rows.";

    public double Effort(int rows, int columns)
    {
        double searched = Math.Min(rows, SearchRows);
        return (6e-8 * searched * searched * (searched + columns)) + (1e-9 * rows * (double)rows * (rows + columns));
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

        ColumnGroups groups = ColumnGroups.Of(table);
        int[] sample = [.. HoldOut.Shuffled(table.Rows, seed).Take(SearchRows).Order()];
        double[] inputs = GaussianProcessInputs.Of(table, groups).Apply(table.Select(sample));
        KernelParameters parameters = Search(new MarginalLikelihood(inputs, [.. sample.Select(row => values[row])], groups), groups.AreCategorical.Length);

        // What is positive definite for a sample may not be for all rows; more noise always makes it so.
        while (parameters.Noise < 1e3)
        {
            if (GaussianProcessPredictor.Create(table, values, groups, parameters) is IPredictor predictor)
            {
                return predictor;
            }

            parameters = parameters with { Noise = Math.Max(1e-8, parameters.Noise * 10) };
        }

        throw new ArgumentException("The rows give no positive definite kernel matrix.", nameof(table));
    }

    private static KernelParameters Search(MarginalLikelihood likelihood, int groups)
    {
        double[] best = new double[groups + 1];
        double most = double.NegativeInfinity;
        foreach (double scale in GridScales)
        {
            foreach (double noise in GridNoises)
            {
                double[] candidate = [.. Enumerable.Repeat(-Math.Log(scale * scale * groups), groups), Math.Log(noise)];
                double value = likelihood.Value(candidate, []);
                (best, most) = value > most + 1e-9 ? (candidate, value) : (best, most);
            }
        }

        double[] found = Climb(likelihood, best);
        return new KernelParameters([.. found.Take(groups).Select(static weight => Math.Exp(-0.5 * weight))], Math.Exp(found[groups]));
    }

    // Resilient steps (Riedmiller, Braun 1993): each parameter's own step grows while its slope keeps its sign and shrinks where it changes.
    // The last place is the noise.
    private static double[] Climb(MarginalLikelihood likelihood, double[] start)
    {
        int groups = start.Length - 1;
        double common = start[0];
        double[] current = [.. start];
        double[] steps = [.. Enumerable.Repeat(0.3, start.Length)];
        double[] previous = new double[start.Length];
        double[] gradient = new double[start.Length];
        (double[] best, double most) = (current, double.NegativeInfinity);
        for (int round = 0; round < Steps; round++)
        {
            double value = likelihood.Value(current, gradient);
            if (!double.IsFinite(value))
            {
                break;
            }

            double mean = current.Take(groups).Average();
            for (int group = 0; group < groups; group++)
            {
                value -= (current[group] - mean) * (current[group] - mean) / (2 * Spread * Spread);
                gradient[group] -= (current[group] - mean) / (Spread * Spread);
            }

            value -= (mean - common) * (mean - common) / 20;
            (best, most) = value > most ? ([.. current], value) : (best, most);
            for (int index = 0; index < current.Length; index++)
            {
                double agreement = gradient[index] * previous[index];
                steps[index] = Math.Clamp(steps[index] * (agreement > 0 ? 1.3 : agreement < 0 ? 0.5 : 1), 1e-3, 1);
                previous[index] = agreement < 0 ? 0 : gradient[index];
                double moved = current[index] + (Math.Sign(gradient[index]) * (agreement < 0 ? 0 : steps[index]));
                current[index] = index == groups ? Math.Clamp(moved, Math.Log(1e-6), Math.Log(10)) : Math.Clamp(moved, Math.Log(1e-5), Math.Log(400));
            }
        }

        return best;
    }
}
