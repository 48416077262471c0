using NasEngine.Core.Predictors;
using NasEngine.Predictors.Quality;

namespace NasEngine.Predictors.Auto;

/// <summary>Fits the kind of predictor that does best in cross-validation on the rows it is given, and on no others.</summary>
public sealed class AutoTrainer : IPredictorTrainer
{
    /// <summary>The trainer's name.</summary>
    public const string TrainerName = "auto";

    private const int Folds = 5;

    private readonly IReadOnlyList<IPredictorTrainer> _candidates;
    private readonly AutoCriterion _criterion;

    /// <summary>Initializes the trainer.</summary>
    /// <param name="candidates">The kinds to choose from; of equals the first is taken.</param>
    /// <param name="criterion">What makes one better.</param>
    public AutoTrainer(IReadOnlyList<IPredictorTrainer> candidates, AutoCriterion criterion)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfZero(candidates.Count);
        (_candidates, _criterion) = (candidates, criterion);
    }

    /// <inheritdoc/>
    public string Name => TrainerName;

    /// <inheritdoc/>
    public string Description => "The kind that does best in cross-validation on the training part.";

    /// <inheritdoc/>
    public string? Objection(FeatureTable table, IReadOnlyList<double> targets)
    {
        string?[] objections = [.. _candidates.Select(candidate => candidate.Objection(table, targets))];
        return objections.Contains(null) ? null : string.Join(' ', objections);
    }

    /// <inheritdoc/>
    /// <remarks>What comes back is a predictor of the chosen kind.</remarks>
    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed) => Choose(table, targets, seed).Predictor;

    /// <summary>Fits the best kind and says why it is.</summary>
    /// <param name="table">The features, one row for each architecture; at least 3 rows.</param>
    /// <param name="targets">What to predict, one finite value for each row.</param>
    /// <param name="seed">The seed of the folds and of every fit.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there are too few, or every candidate has an objection.</exception>
    public AutoChoice Choose(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        TrainingData.Check(table, targets);
        IPredictorTrainer[] fitting = [.. _candidates.Where(candidate => candidate.Objection(table, targets) is null)];
        if (fitting.Length == 0)
        {
            throw new ArgumentException(Objection(table, targets), nameof(table));
        }

        // Folds need three rows to fit on.
        int folds = table.Rows >= 2 * Folds ? Folds : table.Rows > TrainingData.LeastRows ? table.Rows : 0;
        if (folds == 0)
        {
            return new AutoChoice(fitting[0].Fit(table, targets, seed), $"{fitting[0].Name}: {table.Rows} rows are too few to compare.", new Dictionary<string, PredictorQuality>());
        }

        (IPredictorTrainer Trainer, PredictorQuality Quality)[] ranked =
            [.. fitting.Select(trainer => (trainer, CrossValidation.Test(trainer, table, targets, folds, seed))).OrderBy(pair => Cost(pair.Item2))];
        string reason = string.Join(", ", ranked.Select(pair => FormattableString.Invariant(
            $"{pair.Trainer.Name} (tau {pair.Quality.KendallTau:0.000}, MAPE {pair.Quality.MeanAbsolutePercentageError:0.00} %)")));
        string by = _criterion == AutoCriterion.MeanAbsolutePercentageError ? "MAPE" : "Kendall tau";
        return new AutoChoice(
            ranked[0].Trainer.Fit(table, targets, seed),
            $"{ranked[0].Trainer.Name} has the best {by} in {folds}-fold cross-validation on {table.Rows} rows: {reason}.",
            ranked.ToDictionary(pair => pair.Trainer.Name, pair => pair.Quality));
    }

    private double Cost(PredictorQuality quality)
    {
        double cost = _criterion == AutoCriterion.MeanAbsolutePercentageError ? quality.MeanAbsolutePercentageError : -quality.KendallTau;
        return double.IsNaN(cost) ? double.PositiveInfinity : cost;
    }
}
