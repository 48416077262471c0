using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;
using NasEngine.Predictors.Trees;

namespace NasEngine.Predictors.BoostedTrees;

/// <summary>Registers boosted trees.</summary>
internal sealed class BoostedTreesKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new BoostedTreesTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor)
    {
        BoostedTreesPredictor own = (BoostedTreesPredictor)predictor;
        writer.WriteNumber("mean", own.Mean);
        writer.WriteNumber("scale", own.Scale);
        TreeEnsembleJson.Write(writer, own.Trees);
    }

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        double mean = root.Number("mean", double.MinValue, double.MaxValue);
        double scale = root.Number("scale", 0, double.MaxValue);
        TreeEnsemble? trees = TreeEnsembleJson.Read(root, features.Count);
        return trees is null || root.HasFaults ? null : new BoostedTreesPredictor([.. features], trees, mean, scale);
    }
}
