using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Auto;

/// <summary>Which predictor was chosen, and why.</summary>
/// <param name="Predictor">The chosen one, fitted on every row.</param>
/// <param name="Reason">The candidates with their cross-validated figures, best first, in one sentence.</param>
/// <param name="Candidates">The cross-validated quality of each candidate that could be fitted, by name.</param>
public sealed record AutoChoice(IPredictor Predictor, string Reason, IReadOnlyDictionary<string, PredictorQuality> Candidates);
