using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>Registers the Gaussian process.</summary>
internal sealed class GaussianProcessKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new GaussianProcessTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        GaussianProcessPredictor own = (GaussianProcessPredictor)predictor;
        PredictorJson.WriteNumbers(writer, "lengthScales", own.Parameters.LengthScales);
        writer.WriteNumber("noise", own.Parameters.Noise);
        PredictorJson.WriteNumbers(writer, "targets", own.Targets);
        PredictorJson.WriteNumbers(writer, "rows", own.Table.Values.ToArray());
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double[]? scales = PredictorJson.ReadNumbers(root, "lengthScales", 1e-6, 1e6, ColumnGroups.Of(features).Max() + 1);
        double noise = root.Number("noise", 0, 1e6);
        IReadOnlyList<double> targets = root.Numbers("targets", double.MinValue, double.MaxValue);
        if (targets.Count is < TrainingData.LeastRows or > GaussianProcessTrainer.MostRows)
        {
            root.Fault("targets", $"{TrainingData.LeastRows} to {GaussianProcessTrainer.MostRows} numbers are expected, not {targets.Count}.");
        }

        double[]? rows = PredictorJson.ReadNumbers(root, "rows", double.MinValue, double.MaxValue, targets.Count * features.Count);
        if (scales is null || rows is null || root.HasFaults)
        {
            return null;
        }

        IPredictor? predictor = GaussianProcessPredictor.Create(new FeatureTable(features, rows), [.. targets], new KernelParameters(scales, noise));
        if (predictor is null)
        {
            root.Fault("noise", "is too small for these rows: their kernel matrix is not positive definite.");
        }

        return predictor;
    }
}
