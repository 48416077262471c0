namespace NasEngine.Numerics.Statistics;

/// <summary>Says how far predictions lie from what came true.</summary>
/// <remarks>All take spans <c>[n]</c> without NaN and give NaN for <c>n</c> = 0.</remarks>
public static class ErrorStatistics
{
    /// <summary>Computes the mean absolute error, in the unit of the values.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static double MeanAbsolute(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        PairedValues.Check(actual, predicted);
        double sum = 0;
        for (int index = 0; index < actual.Length; index++)
        {
            sum += Math.Abs(predicted[index] - actual[index]);
        }

        return sum / actual.Length;
    }

    /// <summary>Computes the root of the mean squared error, in the unit of the values.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static double RootMeanSquare(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        PairedValues.Check(actual, predicted);
        double sum = 0;
        for (int index = 0; index < actual.Length; index++)
        {
            double error = predicted[index] - actual[index];
            sum += error * error;
        }

        return Math.Sqrt(sum / actual.Length);
    }

    /// <summary>Computes the mean absolute error relative to the actual value, in percent.</summary>
    /// <returns>Infinite if an actual value is 0 and its prediction is not.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static double MeanAbsolutePercentage(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        PairedValues.Check(actual, predicted);
        double sum = 0;
        for (int index = 0; index < actual.Length; index++)
        {
            double error = Math.Abs(predicted[index] - actual[index]);
            sum += error == 0 ? 0 : error / Math.Abs(actual[index]);
        }

        return 100 * sum / actual.Length;
    }

    /// <summary>Computes the share of predictions whose error is at most a part of the actual value.</summary>
    /// <param name="actual">What came true, <c>[n]</c>.</param>
    /// <param name="predicted">What was predicted, <c>[n]</c>.</param>
    /// <param name="tolerance">The part, such as 0.05; not negative.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static double ShareWithin(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, double tolerance)
    {
        PairedValues.Check(actual, predicted);
        int within = 0;
        for (int index = 0; index < actual.Length; index++)
        {
            within += Math.Abs(predicted[index] - actual[index]) <= tolerance * Math.Abs(actual[index]) ? 1 : 0;
        }

        return (double)within / actual.Length;
    }
}
