using NasEngine.Core.Predictors;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.RobustPosynomial;

namespace NasEngine.Predictors.Adaptation;

/// <summary>Brings a latency predictor from the device that it was fitted on to another one, with few networks measured there.</summary>
/// <remarks>
/// Three predictors are blended: the source's predictions corrected by <see cref="RescaledSourceFit"/>, a posynomial of the features and the source's
/// prediction, and one of the features alone. How far each is to be trusted, cross-validation on the new rows decides: the fewer rows, the more evenly.
/// </remarks>
public sealed class AdaptedTrainer : IPredictorTrainer
{
    /// <summary>The trainer's name.</summary>
    public const string TrainerName = "adapted";

    private const int Folds = 5;
    private const double Bound = 3;
    private const int BlendSteps = 8;

    // A blend that is worse by this part of the best one's error, divided by the rows, counts 1/e.
    private const double Doubt = 5;

    private readonly IPredictor? _source;

    /// <summary>Initializes the trainer.</summary>
    /// <param name="source">A predictor of latency, of any kind, fitted on another device.</param>
    public AdaptedTrainer(IPredictor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
    }

    internal AdaptedTrainer()
    {
    }

    /// <inheritdoc/>
    public string Name => TrainerName;

    /// <inheritdoc/>
    public string Description => "A predictor of another device, corrected by few measurements on this one.";

    /// <inheritdoc/>
    public TrainerTraits Traits => TrainerTraits.ForComparison;

    /// <summary>Gets whether there is a predictor to start from.</summary>
    internal bool HasSource => _source is not null;

    /// <inheritdoc/>
    public string? Objection(FeatureTable table, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        if (_source is null)
        {
            return "A predictor of another device is needed to start from.";
        }

        if (!_source.Features.SequenceEqual(table.Columns))
        {
            return $"The predictor to start from takes [{string.Join(", ", _source.Features)}], the table has [{string.Join(", ", table.Columns)}].";
        }

        return targets.Any(target => target <= 0) ? "Every target must be above 0." : null;
    }

    /// <inheritdoc/>
    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        if (_source is null || Objection(table, values) is not null)
        {
            throw new ArgumentException(Objection(table, values), nameof(table));
        }

        double[] sources = _source.PredictAll(table);
        AdaptedMembers all = Members(table, sources, values, seed);
        double[] weights = table.Rows <= TrainingData.LeastRows ? [1, 0, 0] : Weights(table, sources, values, seed);
        return new AdaptedPredictor(_source, all, weights);
    }

    private static AdaptedMembers Members(FeatureTable table, double[] sources, double[] values, long seed)
    {
        RobustPosynomialTrainer trainer = new();
        return new AdaptedMembers(
            RescaledSourceFit.Fit(table, sources, values, seed), trainer.Fit(AdaptedMembers.Extend(table, sources), values, seed), trainer.Fit(table, values, seed));
    }

    // Every blend in steps of an eighth counts by how near its error on rows left out comes to the best one's: with few rows they count nearly alike.
    private static double[] Weights(FeatureTable table, double[] sources, double[] values, long seed)
    {
        double[][] found = LeftOut(table, sources, values, seed);
        double bound = Bound * Descriptive.NormalConsistency * found.Min(own => Descriptive.Median([.. own.Select((value, row) => Math.Abs((value / values[row]) - 1))]));
        List<(double[] Weights, double Loss)> blends = [];
        for (int first = 0; first <= BlendSteps; first++)
        {
            for (int second = 0; first + second <= BlendSteps; second++)
            {
                double[] weights = [(double)first / BlendSteps, (double)second / BlendSteps, (double)(BlendSteps - first - second) / BlendSteps];
                double loss = values.Select((value, row) => Math.Min(bound, Math.Abs((AdaptedMembers.Blend(weights, [.. found.Select(own => own[row])]) / value) - 1))).Average();
                blends.Add((weights, loss));
            }
        }

        double least = blends.Min(blend => blend.Loss);
        double[] counts = [.. blends.Select(blend => least > 0 ? Math.Exp(-values.Length * ((blend.Loss / least) - 1) / Doubt) : blend.Loss > 0 ? 0 : 1)];
        return [.. Enumerable.Range(0, found.Length).Select(member => blends.Select((blend, index) => counts[index] * blend.Weights[member]).Sum() / counts.Sum())];
    }

    private static double[][] LeftOut(FeatureTable table, double[] sources, double[] values, long seed)
    {
        int rows = values.Length;
        int folds = Math.Min(Folds, rows);
        int[] assigned = CrossValidation.AssignFolds(rows, folds, seed);
        double[][] found = [.. Enumerable.Range(0, AdaptedMembers.Count).Select(_ => new double[rows])];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] train = [.. Enumerable.Range(0, rows).Where(row => assigned[row] != fold)];
            AdaptedMembers members = Members(table.Select(train), [.. train.Select(row => sources[row])], [.. train.Select(row => values[row])], seed);
            foreach (int row in Enumerable.Range(0, rows).Where(row => assigned[row] == fold))
            {
                double[] predictions = members.Predict(table.Row(row), sources[row]);
                for (int member = 0; member < predictions.Length; member++)
                {
                    found[member][row] = predictions[member];
                }
            }
        }

        return found;
    }
}
