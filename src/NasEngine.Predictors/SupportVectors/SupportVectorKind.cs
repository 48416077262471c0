using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.SupportVectors;

/// <summary>Registers support vector regression.</summary>
internal sealed class SupportVectorKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new SupportVectorTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        SupportVectorPredictor own = (SupportVectorPredictor)predictor;
        writer.WriteNumber("mean", own.Mean);
        writer.WriteNumber("scale", own.Scale);
        writer.WriteNumber("rate", own.Rate);
        PredictorJson.WriteLine(writer, "featureMeans", own.Standardization.Means);
        PredictorJson.WriteLine(writer, "featureDeviations", own.Standardization.Deviations);
        PredictorJson.WriteLine(writer, "coefficients", own.Coefficients);
        PredictorJson.WriteLine(writer, "vectors", own.Vectors);
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double mean = root.Number("mean", double.MinValue, double.MaxValue);
        double scale = root.Number("scale", 0, double.MaxValue);
        double rate = root.Number("rate", 0, double.MaxValue);
        double[]? means = PredictorJson.ReadNumbers(root, "featureMeans", double.MinValue, double.MaxValue, features.Count);
        double[]? deviations = PredictorJson.ReadNumbers(root, "featureDeviations", 0, double.MaxValue, features.Count);
        IReadOnlyList<double> coefficients = root.Numbers("coefficients", double.MinValue, double.MaxValue);
        double[]? vectors = PredictorJson.ReadNumbers(root, "vectors", double.MinValue, double.MaxValue, coefficients.Count * features.Count);
        return means is null || deviations is null || vectors is null || root.HasFaults
            ? null
            : new SupportVectorPredictor([.. features], new Standardization(means, deviations), mean, scale, rate, vectors, [.. coefficients]);
    }
}
