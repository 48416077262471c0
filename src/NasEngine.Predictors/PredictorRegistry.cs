using NasEngine.Core.Errors;
using NasEngine.Core.Predictors;
using NasEngine.Predictors.Adaptation;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.BoostedTrees;
using NasEngine.Predictors.Ensemble;
using NasEngine.Predictors.GaussianProcess;
using NasEngine.Predictors.HatMlp;
using NasEngine.Predictors.ParZc;
using NasEngine.Predictors.RandomForest;
using NasEngine.Predictors.RankingMlp;
using NasEngine.Predictors.Ridge;
using NasEngine.Predictors.RobustAdditive;
using NasEngine.Predictors.RobustPosynomial;
using NasEngine.Predictors.RobustRidge;
using NasEngine.Predictors.SupportVectors;

namespace NasEngine.Predictors;

/// <summary>Finds kinds of predictors by name. Immutable and thread-safe.</summary>
public sealed class PredictorRegistry
{
    private readonly Dictionary<string, IPredictorKind> _kinds;

    /// <summary>Initializes a registry.</summary>
    /// <param name="kinds">The kinds; no two of one name.</param>
    public PredictorRegistry(params IEnumerable<IPredictorKind> kinds) => _kinds = kinds.ToDictionary(kind => kind.Trainer.Name, StringComparer.Ordinal);

    /// <summary>Gets the registry of all kinds that the engine has.</summary>
    public static PredictorRegistry Default { get; } = CreateDefault();

    /// <summary>Gets the trainers by name; <c>auto</c> is left out, and <c>adapted</c>, which needs a predictor to start from.</summary>
    public IReadOnlyList<IPredictorTrainer> Trainers => [.. _kinds.Values.Select(kind => kind.Trainer).Where(trainer => trainer is not AdaptedTrainer { HasSource: false }).OrderBy(trainer => trainer.Name, StringComparer.Ordinal)];

    /// <summary>Finds a trainer.</summary>
    /// <param name="name">Its name; <c>auto</c> chooses among all others.</param>
    /// <param name="criterion">What <c>auto</c> chooses by.</param>
    /// <exception cref="UsageException">There is none of this name; the message lists those that exist.</exception>
    public IPredictorTrainer Trainer(string name, AutoCriterion criterion) => Trainer(name, new AutoOptions { Criterion = criterion });

    /// <summary>Finds a trainer.</summary>
    /// <param name="name">Its name; <c>auto</c> chooses among all others.</param>
    /// <param name="options">How <c>auto</c> chooses.</param>
    /// <exception cref="UsageException">There is none of this name; the message lists those that exist.</exception>
    public IPredictorTrainer Trainer(string name, AutoOptions options) => name == AutoTrainer.TrainerName ? new AutoTrainer(Trainers, options) : Find(name).Trainer;

    /// <summary>Finds a kind; <c>auto</c> is none, since it makes predictors of other kinds.</summary>
    /// <exception cref="UsageException">There is none of this name; the message lists those that exist.</exception>
    public IPredictorKind Find(string name) =>
        _kinds.TryGetValue(name, out IPredictorKind? kind) ? kind : throw UsageException.UnknownName("predictor", name, _kinds.Keys.Append(AutoTrainer.TrainerName));

    internal IReadOnlyCollection<string> Names => _kinds.Keys;

    private static PredictorRegistry CreateDefault()
    {
        IPredictorKind[] kinds =
        [
            new RobustAdditiveKind(), new RobustPosynomialKind(), new HatMlpKind(), new AdaptedKind(), new RidgeKind(), new RobustRidgeKind(), new GaussianProcessKind(),
            new BoostedTreesKind(), new ForestKind(drawsThresholds: false), new ForestKind(drawsThresholds: true), new SupportVectorKind(),
            new RankingMlpKind(isKendall: false), new RankingMlpKind(isKendall: true), new ParZcKind(),
        ];
        return new PredictorRegistry([.. kinds, new EnsembleKind(kinds)]);
    }
}
