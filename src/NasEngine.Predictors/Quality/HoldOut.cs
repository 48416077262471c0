using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.Quality;

/// <summary>Tests predictors on architectures that they were not fitted on.</summary>
public static class HoldOut
{
    /// <summary>Computes the quality of predictions.</summary>
    /// <param name="trainedOn">How many architectures the predictor was fitted on.</param>
    /// <param name="actual">What came true.</param>
    /// <param name="predicted">What was predicted, in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static PredictorQuality Compare(int trainedOn, ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted) => new(
        trainedOn,
        actual.Length,
        RankStatistics.KendallTau(actual, predicted),
        RankStatistics.Spearman(actual, predicted),
        ErrorStatistics.MeanAbsolute(actual, predicted),
        ErrorStatistics.RootMeanSquare(actual, predicted),
        ErrorStatistics.MeanAbsolutePercentage(actual, predicted),
        ErrorStatistics.ShareWithin(actual, predicted, 0.05),
        ErrorStatistics.ShareWithin(actual, predicted, 0.10));

    /// <summary>Tests a predictor.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="trainedOn">How many architectures it was fitted on.</param>
    /// <param name="table">Held-out features, with the predictor's columns in its order.</param>
    /// <param name="targets">Held-out values, one for each row.</param>
    /// <exception cref="ArgumentException">The columns or the numbers of rows differ.</exception>
    public static PredictorQuality Test(IPredictor predictor, int trainedOn, FeatureTable table, IReadOnlyList<double> targets) =>
        Compare(trainedOn, [.. targets], predictor.PredictAll(table));

    /// <summary>Draws rows to hold out.</summary>
    /// <param name="rows">The number of rows; at least 2.</param>
    /// <param name="share">The share to hold out, between 0 and 1; at least one row stays on each side.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <returns>The rows to fit on and the rows held out, each ascending.</returns>
    public static (IReadOnlyList<int> Train, IReadOnlyList<int> HeldOut) Split(int rows, double share, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        if (!(share > 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share must lie between 0 and 1.");
        }

        int[] order = Shuffled(rows, seed);
        int held = Math.Clamp((int)Math.Round(share * rows), 1, rows - 1);
        return ([.. order.Skip(held).Order()], [.. order.Take(held).Order()]);
    }

    internal static int[] Shuffled(int rows, long seed)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        new SeedTree(seed).Child("rows").CreateRandom().Shuffle(order);
        return order;
    }
}
