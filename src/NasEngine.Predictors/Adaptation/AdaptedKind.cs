using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Adaptation;

/// <summary>Registers adapted predictors; the source and what was fitted lie inside the file, as predictor files of their own.</summary>
internal sealed class AdaptedKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new AdaptedTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        AdaptedPredictor own = (AdaptedPredictor)predictor;
        RescaledSource rescaled = own.Members.Rescaled;
        PredictorJson.WriteNumbers(writer, "weights", own.Weights);
        writer.WriteNumber("centre", rescaled.Centre);
        writer.WriteNumber("spread", rescaled.Spread);
        PredictorJson.WriteNumbers(writer, "coefficients", rescaled.Coefficients);
        PredictorJson.WriteNumbers(writer, "means", rescaled.Standardization.Means);
        PredictorJson.WriteNumbers(writer, "deviations", rescaled.Standardization.Deviations);
        Write(writer, "source", own.Source);
        Write(writer, "extended", own.Members.Extended);
        Write(writer, "anew", own.Members.Anew);
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double centre = root.Number("centre", double.MinValue, double.MaxValue);
        double spread = root.Number("spread", 0, double.MaxValue);
        double[]? coefficients = PredictorJson.ReadNumbers(root, "coefficients", double.MinValue, double.MaxValue, features.Count + 2);
        double[]? means = PredictorJson.ReadNumbers(root, "means", double.MinValue, double.MaxValue, features.Count);
        double[]? deviations = PredictorJson.ReadNumbers(root, "deviations", 0, double.MaxValue, features.Count);
        double[]? weights = PredictorJson.ReadNumbers(root, "weights", 0, 1, AdaptedMembers.Count);
        IPredictor? source = Read(root, "source", features, 0);
        IPredictor? extended = Read(root, "extended", features, 1);
        IPredictor? anew = Read(root, "anew", features, 0);
        return coefficients is null || means is null || deviations is null || weights is null || source is null || extended is null || anew is null || root.HasFaults
            ? null
            : new AdaptedPredictor(source, new AdaptedMembers(new RescaledSource(coefficients, centre, new Standardization(means, deviations), spread), extended, anew), weights);
    }

    private static void Write(Utf8JsonWriter writer, string name, IPredictor predictor)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(PredictorFile.ToJson(predictor).TrimEnd());
    }

    private static IPredictor? Read(JsonObjectReader root, string name, IReadOnlyList<string> features, int more)
    {
        if (root.RawObject(name) is not string text)
        {
            root.Fault(name, "a predictor file is expected.");
            return null;
        }

        IPredictor predictor = PredictorFile.Parse($"{root.Path}.{name}", text);
        if (predictor.Features.Count != features.Count + more || !predictor.Features.Take(features.Count).SequenceEqual(features))
        {
            root.Fault(name, more == 0 ? "its features must be those of this file." : "its features must be those of this file, then the source's prediction.");
        }

        return predictor;
    }
}
