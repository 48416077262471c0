using NasEngine.Core.Predictors;
using NasEngine.Predictors.Auto;

namespace NasEngine.Predictors.Ensemble;

/// <summary>Fits a weighted sum of the best predictors, with weights from predictions of rows that they did not see.</summary>
/// <remarks>Wolpert: Stacked Generalization, 1992; weights are not negative, after Breiman: Stacked Regressions, 1996.</remarks>
internal sealed class EnsembleTrainer(IReadOnlyList<IPredictorTrainer> members) : IPredictorTrainer
{
    public string Name => EnsemblePredictor.KindName;

    public string Description => "A weighted sum of the predictors that do best in cross-validation.";

    // It is what a choice between all others comes to.
    public TrainerTraits Traits => TrainerTraits.ForComparison;

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => Chooser().Objection(table, targets);

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed) => Chooser().Choose(table, targets, seed).Predictor;

    private AutoTrainer Chooser() => new(members, new AutoOptions { AlwaysStacks = true });
}
