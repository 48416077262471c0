using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.RobustPosynomial;

/// <summary>Registers the posynomial latency predictor.</summary>
internal sealed class RobustPosynomialKind : IPredictorKind
{
    // More factors than this are fitted nowhere.
    private const int MostFactors = 3;

    public IPredictorTrainer Trainer { get; } = new RobustPosynomialTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        RobustPosynomialPredictor own = (RobustPosynomialPredictor)predictor;
        writer.WriteNumber("floor", own.Floor);
        writer.WriteNumber("spread", own.Spread);
        PredictorJson.WriteNumbers(writer, "origins", own.Posynomial.Origins);
        PredictorJson.WriteNumbers(writer, "directions", own.Posynomial.Directions.Select(direction => (double)direction));
        writer.WriteStartArray("terms");
        for (int term = 0; term < own.Coefficients.Count; term++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("coefficient", own.Coefficients[term]);
            PredictorJson.WriteNumbers(writer, "features", own.Posynomial.Terms[term].Select(column => (double)column));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double floor = root.Number("floor", double.Epsilon, double.MaxValue);
        double spread = root.Number("spread", 0, double.MaxValue);
        double[]? origins = PredictorJson.ReadNumbers(root, "origins", double.MinValue, double.MaxValue, features.Count);
        double[]? directions = PredictorJson.ReadNumbers(root, "directions", -1, 1, features.Count);
        List<int[]> terms = [];
        List<double> coefficients = [];
        foreach (JsonObjectReader term in root.Objects("terms", required: true))
        {
            coefficients.Add(term.Number("coefficient", 0, double.MaxValue));
            IReadOnlyList<double> factors = term.Numbers("features", 0, features.Count - 1);
            if (factors.Count > MostFactors || factors.Any(factor => factor != Math.Floor(factor)))
            {
                term.Fault("features", $"at most {MostFactors} whole numbers are expected.");
            }

            terms.Add([.. factors.Select(factor => (int)factor)]);
        }

        if (directions is not null && directions.Any(direction => direction is not (1 or -1)))
        {
            root.Fault("directions", "each is 1 or -1.");
        }

        return origins is null || directions is null || root.HasFaults
            ? null
            : new RobustPosynomialPredictor(features, new Posynomial(origins, [.. directions.Select(direction => (int)direction)], [.. terms]), [.. coefficients], floor, spread);
    }
}
