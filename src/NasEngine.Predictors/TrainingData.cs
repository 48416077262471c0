using NasEngine.Core.Predictors;

namespace NasEngine.Predictors;

/// <summary>Checks what trainers and predictors are given.</summary>
internal static class TrainingData
{
    public const int LeastRows = 3;

    public static double[] Check(FeatureTable table, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        if (table.Rows != targets.Count || table.Rows < LeastRows)
        {
            throw new ArgumentException($"Expected one target for each of at least {LeastRows} rows, got {targets.Count} for {table.Rows}.", nameof(targets));
        }

        return targets.All(double.IsFinite) ? [.. targets] : throw new ArgumentException("Every target must be finite.", nameof(targets));
    }

    public static void CheckFeatures(IReadOnlyList<string> expected, ReadOnlySpan<double> features)
    {
        if (features.Length != expected.Count)
        {
            throw new ArgumentException($"Expected {expected.Count} features, got {features.Length}.", nameof(features));
        }
    }
}
