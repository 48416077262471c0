namespace NasEngine.Core.Predictors;

/// <summary>How well a predictor does on architectures that it was not fitted on.</summary>
/// <param name="TrainedOn">How many architectures it was fitted on; of cross-validation, the fewest.</param>
/// <param name="HeldOut">How many it was tested on.</param>
/// <param name="KendallTau">Kendall's tau-b between predicted and actual, from -1 to 1; NaN if either is constant.</param>
/// <param name="Spearman">Spearman's rho, from -1 to 1; NaN if either is constant.</param>
/// <param name="MeanAbsoluteError">In the unit of the targets.</param>
/// <param name="RootMeanSquareError">In the unit of the targets.</param>
/// <param name="MeanAbsolutePercentageError">In percent of the actual value; infinite if one is 0.</param>
/// <param name="ShareWithin5Percent">The share of predictions within 5 % of the actual value, from 0 to 1.</param>
/// <param name="ShareWithin10Percent">The share of predictions within 10 % of the actual value, from 0 to 1.</param>
public sealed record PredictorQuality(
    int TrainedOn, int HeldOut, double KendallTau, double Spearman, double MeanAbsoluteError, double RootMeanSquareError,
    double MeanAbsolutePercentageError, double ShareWithin5Percent, double ShareWithin10Percent);
