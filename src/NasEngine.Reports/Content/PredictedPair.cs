namespace NasEngine.Reports.Content;

/// <summary>A held-out architecture.</summary>
/// <param name="Predicted">What the predictor says.</param>
/// <param name="Measured">What is true.</param>
public sealed record PredictedPair(double Predicted, double Measured);
