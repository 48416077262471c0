using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Adaptation;

/// <summary>Registers adapted predictors; the source lies inside the file, as a predictor file of its own.</summary>
internal sealed class AdaptedKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new AdaptedTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        AdaptedPredictor own = (AdaptedPredictor)predictor;
        writer.WriteNumber("centre", own.Centre);
        writer.WriteNumber("spread", own.Spread);
        PredictorJson.WriteNumbers(writer, "coefficients", own.Coefficients);
        PredictorJson.WriteNumbers(writer, "means", own.Standardization.Means);
        PredictorJson.WriteNumbers(writer, "deviations", own.Standardization.Deviations);
        writer.WritePropertyName("source");
        writer.WriteRawValue(PredictorFile.ToJson(own.Source).TrimEnd());
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double centre = root.Number("centre", double.MinValue, double.MaxValue);
        double spread = root.Number("spread", 0, double.MaxValue);
        double[]? coefficients = PredictorJson.ReadNumbers(root, "coefficients", double.MinValue, double.MaxValue, features.Count + 2);
        double[]? means = PredictorJson.ReadNumbers(root, "means", double.MinValue, double.MaxValue, features.Count);
        double[]? deviations = PredictorJson.ReadNumbers(root, "deviations", 0, double.MaxValue, features.Count);
        if (root.RawObject("source") is not string text)
        {
            root.Fault("source", "a predictor file is expected.");
            return null;
        }

        IPredictor source = PredictorFile.Parse($"{root.Path}.source", text);
        if (!source.Features.SequenceEqual(features))
        {
            root.Fault("source", "its features must be those of this file.");
        }

        return coefficients is null || means is null || deviations is null || root.HasFaults
            ? null
            : new AdaptedPredictor(source, coefficients, centre, new Standardization(means, deviations), spread);
    }
}
