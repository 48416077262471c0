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
        PredictorJson.WriteLine(writer, "groups", own.Groups.Groups.Select(static group => (double)group));
        PredictorJson.WriteLine(writer, "categorical", own.Groups.AreCategorical.Select(static isCategorical => isCategorical ? 1.0 : 0));
        PredictorJson.WriteNumbers(writer, "lengthScales", own.Parameters.LengthScales);
        writer.WriteNumber("noise", own.Parameters.Noise);
        PredictorJson.WriteLine(writer, "targets", own.Targets);
        PredictorJson.WriteLine(writer, "rows", own.Table.Values.ToArray());
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double[]? groups = PredictorJson.ReadNumbers(root, "groups", 0, features.Count - 1, features.Count);
        double[] categorical = [.. root.Numbers("categorical", 0, 1)];
        if (groups is not null && groups.Any(group => group >= categorical.Length))
        {
            root.Fault("groups", $"{categorical.Length} groups are described in categorical; one is named beyond them.");
        }

        double[]? scales = PredictorJson.ReadNumbers(root, "lengthScales", 1e-6, 1e6, categorical.Length);
        double noise = root.Number("noise", 0, 1e6);
        IReadOnlyList<double> targets = root.Numbers("targets", double.MinValue, double.MaxValue);
        if (targets.Count is < TrainingData.LeastRows or > GaussianProcessTrainer.MostRows)
        {
            root.Fault("targets", $"{TrainingData.LeastRows} to {GaussianProcessTrainer.MostRows} numbers are expected, not {targets.Count}.");
        }

        double[]? rows = PredictorJson.ReadNumbers(root, "rows", double.MinValue, double.MaxValue, targets.Count * features.Count);
        if (groups is null || scales is null || rows is null || root.HasFaults)
        {
            return null;
        }

        IPredictor? predictor = GaussianProcessPredictor.Create(new FeatureTable(features, rows), [.. targets], new ColumnGroups([.. groups.Select(static group => (int)group)], [.. categorical.Select(static flag => flag != 0)]), new KernelParameters(scales, noise));
        if (predictor is null)
        {
            root.Fault("noise", "is too small for these rows: their kernel matrix is not positive definite.");
        }

        return predictor;
    }
}
