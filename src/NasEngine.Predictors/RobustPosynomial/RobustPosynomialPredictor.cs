using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.RobustPosynomial;

/// <summary>A sum of products of features with non-negative coefficients.</summary>
internal sealed class RobustPosynomialPredictor(IReadOnlyList<string> features, Posynomial posynomial, double[] coefficients, double floor, double spread) : IPredictor
{
    public string Kind => RobustPosynomialTrainer.TrainerName;

    public IReadOnlyList<string> Features => features;

    public Posynomial Posynomial => posynomial;

    public IReadOnlyList<double> Coefficients => coefficients;

    public double Floor => floor;

    public double Spread => spread;

    public double Predict(ReadOnlySpan<double> features)
    {
        TrainingData.CheckFeatures(Features, features);
        double[] shifted = new double[features.Length];
        posynomial.Shift(features, shifted);
        double sum = 0;
        for (int term = 0; term < coefficients.Length; term++)
        {
            sum += coefficients[term] * Posynomial.Product(posynomial.Terms[term], shifted);
        }

        return Math.Max(floor, sum);
    }

    public double? Uncertainty(ReadOnlySpan<double> features) => spread * Predict(features);
}
