using System.ComponentModel.DataAnnotations;
using NasEngine.Core.Predictors;
using NasEngine.Predictors.Ensemble;
using NasEngine.Predictors.Quality;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Auto;

/// <summary>Fits what does best in cross-validation on the rows it is given, and on no others: one predictor or an ensemble.</summary>
/// <remarks>
/// Candidates are trainers on groups of columns, fitted on the targets or on normal scores of them. Poor ones drop out after the first folds. Predictions of
/// rows that a fit did not see give the weights of an ensemble, and say whether it is better than the best candidate alone.
/// </remarks>
public sealed class AutoTrainer : IPredictorTrainer
{
    /// <summary>The trainer's name.</summary>
    public const string TrainerName = "auto";

    private const int Folds = 5;

    // The best of many candidates looks better than it is; an ensemble of them does not, so it may look this much worse.
    private const double Doubt = 1.03;

    // Targets whose normal scores correlate with them like this gain nothing by them.
    private const double Linear = 0.96;

    private readonly IReadOnlyList<IPredictorTrainer> _candidates;
    private readonly AutoOptions _options;

    /// <summary>Initializes the trainer.</summary>
    /// <param name="candidates">The kinds to choose from; of equals the first is taken.</param>
    /// <param name="options">What makes one better, and how long choosing may take.</param>
    public AutoTrainer(IReadOnlyList<IPredictorTrainer> candidates, AutoOptions options)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(candidates.Count);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_candidates, _options) = (candidates, options);
    }

    /// <inheritdoc/>
    public string Name => TrainerName;

    /// <inheritdoc/>
    public string Description => "What does best in cross-validation on the training part: one kind or an ensemble.";

    /// <inheritdoc/>
    public string? Objection(FeatureTable table, IReadOnlyList<double> targets)
    {
        string?[] objections = [.. _candidates.Where(IsTried).Select(candidate => candidate.Objection(table, targets))];
        return objections.Contains(null) ? null : string.Join(' ', objections);
    }

    /// <inheritdoc/>
    /// <remarks>What comes back is a predictor of the chosen kind, or an ensemble.</remarks>
    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed) => Choose(table, targets, seed).Predictor;

    /// <summary>Fits what is best and says why it is.</summary>
    /// <param name="table">The features, one row for each architecture; at least 3 rows.</param>
    /// <param name="targets">What to predict, one finite value for each row.</param>
    /// <param name="seed">The seed of the folds and of every fit.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there are too few, or every candidate has an objection.</exception>
    public AutoChoice Choose(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        if (Objection(table, values) is string objection)
        {
            throw new ArgumentException(objection, nameof(table));
        }

        // Folds need three rows to fit on.
        int folds = table.Rows >= 2 * Folds ? Folds : table.Rows > TrainingData.LeastRows ? table.Rows : 0;
        if (folds == 0)
        {
            IPredictorTrainer first = _candidates.Where(IsTried).First(candidate => candidate.Objection(table, values) is null);
            return new AutoChoice(first.Fit(table, values, seed), $"{first.Name}: {table.Rows} rows are too few to compare.", new Dictionary<string, PredictorQuality>());
        }

        MonotoneMap? map = folds == Folds ? MonotoneMap.ToNormalScores(values) : null;
        IReadOnlyList<AutoCandidate> candidates = AutoCandidates.Of(_candidates, table, values, map is not null && !map.IsNearlyLinear(values, Linear));
        IReadOnlyList<AutoEntry> entries = new AutoRace(values, map, _options.Criterion, _options.Budget, folds, seed).Run(candidates);
        AutoStack? stack = BestStack(entries, values, map, seed);
        bool isStacked = stack is not null && (_options.AlwaysStacks || (stack.Members.Count > 1 && stack.Cost < Doubt * entries[0].Cost));
        IPredictor predictor = isStacked ? Fitted(stack!, table, values, map, seed) : Fitted(entries[0], table, values, map, seed);
        string winner = isStacked ? $"ensemble of {string.Join(" + ", stack!.Members.Select((member, index) => FormattableString.Invariant($"{stack.Weights[index]:0.00} {member.Candidate.Name}")))}" : entries[0].Candidate.Name;
        string compared = string.Join(", ", entries.Select(entry => Describe(entry.Candidate.Name, entry.Quality)).Prepend(stack is null ? null : Describe("ensemble", stack.Quality)).Where(static text => text is not null));
        string by = _options.Criterion switch { AutoCriterion.KendallTau => "Kendall tau", AutoCriterion.MeanAbsolutePercentageError => "MAPE", _ => "tau and MAPE together" };
        Dictionary<string, PredictorQuality> qualities = entries.ToDictionary(entry => entry.Candidate.Name, entry => entry.Quality);
        if (stack is not null)
        {
            qualities[EnsemblePredictor.KindName] = stack.Quality;
        }

        return new AutoChoice(predictor, $"{winner} has the best {by} in {folds}-fold cross-validation on {table.Rows} rows: {compared}.", qualities);
    }

    private static bool IsTried(IPredictorTrainer trainer) => !trainer.Traits.HasFlag(TrainerTraits.ForComparison);

    private static string Describe(string name, PredictorQuality quality) => FormattableString.Invariant($"{name} (tau {quality.KendallTau:0.000}, MAPE {quality.MeanAbsolutePercentageError:0.00} %)");

    private AutoStack? BestStack(IReadOnlyList<AutoEntry> entries, double[] targets, MonotoneMap? map, long seed)
    {
        if (map is null || (entries.Count < 2 && !_options.AlwaysStacks))
        {
            return null;
        }

        AutoStack plain = AutoStack.Find(entries, targets, map, addsScores: false, _options.Criterion, seed);
        AutoStack scored = AutoStack.Find(entries, targets, map, addsScores: true, _options.Criterion, seed);
        return scored.Cost < plain.Cost ? scored : plain;
    }

    private static IPredictor Fitted(AutoEntry entry, FeatureTable table, double[] targets, MonotoneMap? map, long seed)
    {
        EnsembleMember member = Member(entry.Candidate, targets, map, 1, seed);
        bool isWhole = entry.Candidate.View.IsPlain && member.View.Columns.Length == table.Columns.Length && !member.GivesScores;
        return isWhole ? member.Predictor : new EnsemblePredictor([.. table.Columns], map, member.GivesScores, 0, [member]);
    }

    private static EnsemblePredictor Fitted(AutoStack stack, FeatureTable table, double[] targets, MonotoneMap? map, long seed) => new(
        [.. table.Columns], map, stack.AddsScores, stack.Constant, [.. stack.Members.Select((entry, index) => Member(entry.Candidate, targets, map, stack.Weights[index], seed))]);

    private static EnsembleMember Member(AutoCandidate candidate, double[] targets, MonotoneMap? map, double weight, long seed)
    {
        double[] fitted = candidate.OnScores ? [.. targets.Select(map!.Score)] : targets;
        return new EnsembleMember(candidate.View, candidate.OnScores, candidate.Fit([.. Enumerable.Range(0, targets.Length)], fitted, seed), weight);
    }
}
