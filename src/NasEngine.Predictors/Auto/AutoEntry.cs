using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Auto;

/// <summary>A candidate with what cross-validation has found out.</summary>
internal sealed class AutoEntry(AutoCandidate candidate, int rows)
{
    public AutoCandidate Candidate => candidate;

    /// <summary>Gets each row's prediction in the targets' unit.</summary>
    public double[] Predictions { get; } = new double[rows];

    /// <summary>Gets each row's prediction as a score.</summary>
    public double[] Scores { get; } = new double[rows];

    public PredictorQuality Quality { get; set; } = new(0, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    public double Cost { get; set; } = double.PositiveInfinity;
}
