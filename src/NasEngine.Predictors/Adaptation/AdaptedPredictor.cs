using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Adaptation;

/// <summary>A blend of what another device's predictor says, corrected, and of what was learned on this one.</summary>
/// <param name="source">The predictor of the other device.</param>
/// <param name="members">The ways from there to here.</param>
/// <param name="weights">How much each way counts; the sum is 1.</param>
internal sealed class AdaptedPredictor(IPredictor source, AdaptedMembers members, double[] weights) : IPredictor
{
    public string Kind => AdaptedTrainer.TrainerName;

    public IReadOnlyList<string> Features => source.Features;

    public IPredictor Source => source;

    public AdaptedMembers Members => members;

    public IReadOnlyList<double> Weights => weights;

    public double Predict(ReadOnlySpan<double> features) => AdaptedMembers.Blend(weights, members.Predict(features, source.Predict(features)));

    /// <remarks>The spread between the members, and what each did not fit.</remarks>
    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        double before = source.Predict(features);
        double[] predictions = members.Predict(features, before);
        double middle = AdaptedMembers.Blend(weights, predictions);
        double[] residuals =
        [
            members.Rescaled.Spread * predictions[0],
            members.Extended.Uncertainty([.. features, before]) ?? 0,
            members.Anew.Uncertainty(features) ?? 0,
        ];
        return Math.Sqrt(AdaptedMembers.Blend(weights, [.. predictions.Zip(residuals, (prediction, residual) => ((prediction - middle) * (prediction - middle)) + (residual * residual))]));
    }
}
