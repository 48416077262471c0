using NasEngine.Numerics.LinearAlgebra;

namespace NasEngine.Predictors.Adaptation;

/// <summary>Corrects the logarithm of another device's prediction: moved, stretched, and tilted along the features.</summary>
/// <param name="coefficients">The shift, the stretch, then a slope for each feature, of the logarithm.</param>
/// <param name="centre">Where the source's logarithm is not stretched.</param>
/// <param name="standardization">What features are standardised by.</param>
/// <param name="spread">The robust standard deviation of the relative residuals.</param>
internal sealed class RescaledSource(double[] coefficients, double centre, Standardization standardization, double spread)
{
    // A correction beyond a factor of a million is none.
    private const double MostCorrection = 13.8;

    public IReadOnlyList<double> Coefficients => coefficients;

    public double Centre => centre;

    public Standardization Standardization => standardization;

    public double Spread => spread;

    /// <summary>Corrects a prediction.</summary>
    /// <param name="features">The features it was made from.</param>
    /// <param name="before">The other device's prediction; one that is not above 0 stays as it is.</param>
    public double Predict(ReadOnlySpan<double> features, double before)
    {
        if (!(before > 0))
        {
            return before;
        }

        double[] row = new double[coefficients.Length];
        WriteRow(features, Math.Log(before) - centre, standardization, row);
        return before * Math.Exp(Math.Clamp(DenseLinearSystem.Dot(row, coefficients), -MostCorrection, MostCorrection));
    }

    /// <summary>Writes a row of the linear fit of the correction's logarithm.</summary>
    public static void WriteRow(ReadOnlySpan<double> features, double logarithm, Standardization standardization, Span<double> row)
    {
        row[0] = 1;
        row[1] = logarithm;
        standardization.Apply(features, row[2..]);
    }
}
