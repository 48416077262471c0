namespace NasEngine.Reports.Content;

/// <summary>How well a predictor does on architectures it was not fitted on.</summary>
/// <param name="Target">What it predicts: <c>accuracy</c>, <c>latency@local</c>.</param>
/// <param name="Kind">The predictor's name.</param>
/// <param name="Count">How many held-out architectures there were.</param>
/// <param name="KendallTau">Kendall's tau between predicted and true values, from -1 to 1.</param>
/// <param name="Mape">The mean absolute error relative to the true value: 0.05 is 5 %.</param>
/// <param name="Within5">The share of predictions within 5 %, from 0 to 1.</param>
/// <param name="Within10">The share within 10 %, from 0 to 1.</param>
/// <param name="Pairs">Predicted and true values, to draw; latencies in milliseconds, accuracies from 0 to 1. May be empty.</param>
public sealed record PredictorQuality(
    string Target, string Kind, int Count, double KendallTau, double Mape, double Within5, double Within10, IReadOnlyList<PredictedPair> Pairs)
{
    /// <summary>Gets whether the values are latencies, in milliseconds.</summary>
    public bool IsLatency => IsFor("latency");

    /// <summary>Gets whether the values are shares, from 0 to 1.</summary>
    public bool IsAccuracy => IsFor("accuracy");

    private bool IsFor(string metric) => Target == metric || Target.StartsWith(metric + "@", StringComparison.Ordinal);
}
