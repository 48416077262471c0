using NasEngine.Core.Predictors;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Ensemble;

/// <summary>One predictor of an ensemble.</summary>
/// <param name="View">What it sees of a row.</param>
/// <param name="GivesScores">Whether it was fitted on scores of the targets, not on the targets.</param>
/// <param name="Predictor">The predictor.</param>
/// <param name="Weight">What its value is multiplied by; not negative.</param>
internal sealed record EnsembleMember(ColumnView View, bool GivesScores, IPredictor Predictor, double Weight);
