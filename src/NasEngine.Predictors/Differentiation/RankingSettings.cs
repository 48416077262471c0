namespace NasEngine.Predictors.Differentiation;

/// <summary>How a ranking network is trained.</summary>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="Batch">The most rows of a batch; pairs are formed within it.</param>
/// <param name="LearningRate">The rate of the first step.</param>
/// <param name="Decay">What of a weight decays in a step, relative to the rate.</param>
internal sealed record RankingSettings(int Epochs, int Batch, double LearningRate, double Decay);
