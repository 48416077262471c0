using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.RobustAdditive;

/// <summary>A constant plus a sum of features times coefficients, none negative.</summary>
internal sealed class RobustAdditivePredictor(IReadOnlyList<string> features, double constant, double floor, double[] coefficients) : IPredictor
{
    public string Kind => RobustAdditiveTrainer.TrainerName;

    public IReadOnlyList<string> Features => features;

    public double Constant => constant;

    public double Floor => floor;

    public IReadOnlyList<double> Coefficients => coefficients;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double sum = constant;
        for (int index = 0; index < features.Length; index++)
        {
            sum += coefficients[index] * features[index];
        }

        return Math.Max(floor, sum);
    }

    public double? Uncertainty(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        return null;
    }
}
