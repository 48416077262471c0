using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Predictors.Differentiation;

namespace NasEngine.Predictors.ParZc;

/// <summary>Registers the parametric zero-cost mixer.</summary>
internal sealed class ParZcKind : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new ParZcTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor) => RankingPredictorJson.Write(writer, (RankingPredictor)predictor);

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features) =>
        RankingPredictorJson.Read(root, Trainer.Name, features, static columns => new MixerNetwork(columns, new SeedTree(0).CreateRandom()));
}
