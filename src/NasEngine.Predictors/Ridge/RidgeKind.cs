using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Ridge;

/// <summary>Registers ridge regression.</summary>
internal sealed class RidgeKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new RidgeTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        RidgePredictor own = (RidgePredictor)predictor;
        writer.WriteNumber("constant", own.Constant);
        PredictorJson.WriteNumbers(writer, "coefficients", own.Coefficients);
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double constant = root.Number("constant", double.MinValue, double.MaxValue);
        double[]? coefficients = PredictorJson.ReadNumbers(root, "coefficients", double.MinValue, double.MaxValue, features.Count);
        return coefficients is null || root.HasFaults ? null : new RidgePredictor(features, constant, coefficients);
    }
}
