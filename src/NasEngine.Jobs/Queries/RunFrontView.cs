namespace NasEngine.Jobs.Queries;

/// <summary>A front, as it is shown.</summary>
/// <param name="Objectives">What was made better.</param>
/// <param name="Points">The members; those of the verified front in the order of its numbers.</param>
public sealed record RunFrontView(IReadOnlyList<ObjectiveView> Objectives, IReadOnlyList<FrontPoint> Points);

/// <summary>A network of a front.</summary>
/// <param name="Number">Its number, from 1, the fastest or cheapest first.</param>
/// <param name="Genotype">The architecture in the words of its space.</param>
/// <param name="Metrics">What was evaluated and measured, or predicted if the stage is the search; by metric key.</param>
/// <param name="Predicted">What had been predicted, by metric key.</param>
/// <param name="Interval">The 95 % intervals of measured medians, low and high, by metric key.</param>
public sealed record FrontPoint(
    int Number, string Genotype, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, double> Predicted, IReadOnlyDictionary<string, double[]> Interval)
{
    private const string PredictedPrefix = "predicted.";

    /// <summary>Makes a point of stored metrics: what was predicted and the ends of intervals stand apart.</summary>
    public static FrontPoint Of(int number, string genotype, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Dictionary<string, double> values = new(StringComparer.Ordinal), predicted = new(StringComparer.Ordinal), lows = new(StringComparer.Ordinal), highs = new(StringComparer.Ordinal);
        foreach ((string key, double value) in metrics.Where(pair => double.IsFinite(pair.Value)))
        {
            int device = key.IndexOf('@', StringComparison.Ordinal);
            string metric = device < 0 ? key : key[..device], rest = device < 0 ? string.Empty : key[device..];
            (Dictionary<string, double> target, string name) = metric switch
            {
                _ when metric.StartsWith(PredictedPrefix, StringComparison.Ordinal) => (predicted, key[PredictedPrefix.Length..]),
                _ when metric.EndsWith(".low", StringComparison.Ordinal) => (lows, metric[..^".low".Length] + rest),
                _ when metric.EndsWith(".high", StringComparison.Ordinal) => (highs, metric[..^".high".Length] + rest),
                _ => (values, key),
            };
            target[name] = value;
        }

        return new FrontPoint(
            number, genotype, values, predicted, lows.Where(pair => highs.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => new[] { pair.Value, highs[pair.Key] }, StringComparer.Ordinal));
    }
}
