namespace NasEngine.Core.Runs;

/// <summary>A fitted predictor as it is stored.</summary>
/// <param name="Target">The value it predicts, such as <c>accuracy</c> or <c>latency@local</c>.</param>
/// <param name="Kind">The predictor's name in the registry.</param>
/// <param name="Key">A digest of what it was fitted on.</param>
/// <param name="Model">The predictor's file, as JSON.</param>
/// <param name="Quality">Its quality report on held-out architectures, as JSON.</param>
public sealed record StoredPredictor(string Target, string Kind, string Key, string Model, string Quality);
