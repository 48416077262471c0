using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Differentiation;

/// <summary>Ranking networks in predictor files.</summary>
internal static class RankingPredictorJson
{
    public static void Write(Utf8JsonWriter writer, RankingPredictor predictor)
    {
        writer.WriteNumber("constant", predictor.Constant);
        PredictorJson.WriteLine(writer, "targetValues", predictor.Map?.Values ?? []);
        PredictorJson.WriteLine(writer, "targetOutputs", predictor.Map?.Scores ?? []);
        ColumnViewJson.Write(writer, predictor.View);
        PredictorJson.WriteLine(writer, "featureMeans", predictor.Standardization.Means);
        PredictorJson.WriteLine(writer, "featureDeviations", predictor.Standardization.Deviations);
        PredictorJson.WriteLine(writer, "parameters", predictor.Network.Parameters.SelectMany(static parameter => parameter.Values));
    }

    public static RankingPredictor? Read(JsonObjectReader root, string kind, IReadOnlyList<string> features, Func<int, INeuralNetwork> create)
    {
        double constant = root.Number("constant", double.MinValue, double.MaxValue);
        MonotoneMap? map = ColumnViewJson.ReadMap(root, "targetValues", "targetOutputs", mayBeEmpty: true);
        ColumnView? view = ColumnViewJson.Read(root, features.Count);
        if (view is null)
        {
            return null;
        }

        double[]? means = PredictorJson.ReadNumbers(root, "featureMeans", double.MinValue, double.MaxValue, view.Columns.Length);
        double[]? deviations = PredictorJson.ReadNumbers(root, "featureDeviations", 0, double.MaxValue, view.Columns.Length);
        INeuralNetwork network = create(view.Columns.Length);
        double[]? parameters = PredictorJson.ReadNumbers(root, "parameters", double.MinValue, double.MaxValue, network.Parameters.Sum(static parameter => parameter.Values.Length));
        if (means is null || deviations is null || parameters is null || root.HasFaults)
        {
            return null;
        }

        int at = 0;
        foreach (Variable parameter in network.Parameters)
        {
            parameters.AsSpan(at, parameter.Values.Length).CopyTo(parameter.Values);
            at += parameter.Values.Length;
        }

        return new RankingPredictor(kind, [.. features], view, new Standardization(means, deviations), network, map, constant);
    }
}
