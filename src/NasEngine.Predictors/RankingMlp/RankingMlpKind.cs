using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Predictors.Differentiation;

namespace NasEngine.Predictors.RankingMlp;

/// <summary>Registers the ranking networks.</summary>
internal sealed class RankingMlpKind(bool isKendall) : IPredictorKind
{
    public IPredictorTrainer Trainer { get; } = new RankingMlpTrainer(isKendall);

    public void Write(Utf8JsonWriter writer, IPredictor predictor) => RankingPredictorJson.Write(writer, (RankingPredictor)predictor);

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features) =>
        RankingPredictorJson.Read(root, Trainer.Name, features, static columns => new MlpNetwork(columns, RankingMlpTrainer.Hidden, new SeedTree(0).CreateRandom()));
}
