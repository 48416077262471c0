using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.SupportVectors;

/// <summary>A sum of kernels with the rows that support it.</summary>
internal sealed class SupportVectorPredictor(
    string[] features, Standardization standardization, double mean, double scale, double rate, double[] vectors, double[] coefficients) : IPredictor
{
    public string Kind => SupportVectorTrainer.TrainerName;

    public IReadOnlyList<string> Features => features;

    public Standardization Standardization => standardization;

    public double Mean => mean;

    public double Scale => scale;

    public double Rate => rate;

    public IReadOnlyList<double> Vectors => vectors;

    public IReadOnlyList<double> Coefficients => coefficients;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double[] standardized = new double[features.Length];
        standardization.Apply(features, standardized);
        return mean + (scale * RadialKernel.Sum(standardized, vectors, coefficients, rate));
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return null;
    }
}
