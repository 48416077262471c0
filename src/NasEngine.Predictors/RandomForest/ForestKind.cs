using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;
using NasEngine.Predictors.Trees;

namespace NasEngine.Predictors.RandomForest;

/// <summary>Registers random forests and extremely randomised trees.</summary>
internal sealed class ForestKind(bool drawsThresholds) : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new ForestTrainer(drawsThresholds);

    public void Write(Utf8JsonWriter writer, IPredictor predictor) => TreeEnsembleJson.Write(writer, ((ForestPredictor)predictor).Trees);

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features)
    {
        TreeEnsemble? trees = TreeEnsembleJson.Read(root, features.Count);
        if (trees is { Count: 0 })
        {
            root.Fault("roots", "at least one tree is expected.");
        }

        return trees is null || root.HasFaults ? null : new ForestPredictor(Trainer.Name, [.. features], trees);
    }
}
