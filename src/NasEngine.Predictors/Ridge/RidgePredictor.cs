using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Ridge;

/// <summary>A constant plus a sum of features times coefficients.</summary>
internal sealed class RidgePredictor(IReadOnlyList<string> features, double constant, double[] coefficients, string kind = RidgeTrainer.TrainerName) : IPredictor
{
    public string Kind => kind;

    public IReadOnlyList<string> Features => features;

    public double Constant => constant;

    public IReadOnlyList<double> Coefficients => coefficients;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double sum = constant;
        for (int index = 0; index < features.Length; index++)
        {
            sum += coefficients[index] * features[index];
        }

        return sum;
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return null;
    }
}
