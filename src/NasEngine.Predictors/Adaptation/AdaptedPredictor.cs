using NasEngine.Core.Predictors;
using NasEngine.Numerics.LinearAlgebra;

namespace NasEngine.Predictors.Adaptation;

/// <summary>A predictor of another device, its logarithm corrected: moved, stretched, and tilted along the features.</summary>
/// <param name="source">The predictor of the other device.</param>
/// <param name="coefficients">The shift, the stretch, then a slope for each feature, of the logarithm.</param>
/// <param name="centre">Where the source's logarithm is not stretched.</param>
/// <param name="standardization">What features are standardised by.</param>
/// <param name="spread">The robust standard deviation of the relative residuals.</param>
internal sealed class AdaptedPredictor(IPredictor source, double[] coefficients, double centre, Standardization standardization, double spread) : IPredictor
{
    // A correction beyond a factor of a million is none.
    private const double MostCorrection = 13.8;

    public string Kind => AdaptedTrainer.TrainerName;

    public IReadOnlyList<string> Features => source.Features;

    public IPredictor Source => source;

    public IReadOnlyList<double> Coefficients => coefficients;

    public double Centre => centre;

    public Standardization Standardization => standardization;

    public double Spread => spread;

    public double Predict(ReadOnlySpan<double> features)
    {
        double before = source.Predict(features);
        if (!(before > 0))
        {
            return before;
        }

        double[] row = new double[coefficients.Length];
        WriteRow(features, Math.Log(before) - centre, standardization, row);
        return before * Math.Exp(Math.Clamp(DenseLinearSystem.Dot(row, coefficients), -MostCorrection, MostCorrection));
    }

    public double? Uncertainty(ReadOnlySpan<double> features) => spread * Predict(features);

    public static void WriteRow(ReadOnlySpan<double> features, double logarithm, Standardization standardization, Span<double> row)
    {
        row[0] = 1;
        row[1] = logarithm;
        standardization.Apply(features, row[2..]);
    }
}
