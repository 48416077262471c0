namespace NasEngine.Predictors.LearningCurves;

/// <summary>What a curve is expected to be at an epoch.</summary>
/// <param name="Mean">The expected value, in the unit of the curve.</param>
/// <param name="StandardDeviation">How unsure it is, in the same unit; not negative.</param>
public readonly record struct CurvePrediction(double Mean, double StandardDeviation);
