using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.RobustAdditive;

/// <summary>Registers the additive latency predictor.</summary>
internal sealed class RobustAdditiveKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new RobustAdditiveTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        RobustAdditivePredictor own = (RobustAdditivePredictor)predictor;
        writer.WriteNumber("constant", own.Constant);
        writer.WriteNumber("floor", own.Floor);
        PredictorJson.WriteNumbers(writer, "coefficients", own.Coefficients);
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double constant = root.Number("constant", 0, double.MaxValue);
        double floor = root.Number("floor", double.Epsilon, double.MaxValue);
        double[]? coefficients = PredictorJson.ReadNumbers(root, "coefficients", 0, double.MaxValue, features.Count);
        return coefficients is null || root.HasFaults ? null : new RobustAdditivePredictor(features, constant, floor, coefficients);
    }
}
