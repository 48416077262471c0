using System.Buffers;

namespace NasEngine.Numerics.Statistics;

/// <summary>Describes a list of numbers by one.</summary>
/// <remarks>All give NaN for an empty list.</remarks>
public static class Descriptive
{
    /// <summary>The factor that turns a median absolute deviation into the standard deviation of a normal distribution.</summary>
    public const double NormalConsistency = 1.482602218505602;

    /// <summary>Computes the arithmetic mean.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>Computes the standard deviation of a sample, with n - 1; 0 for a single value.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        double mean = Mean(values);
        double sum = 0;
        foreach (double value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return values.Length == 1 ? 0 : Math.Sqrt(sum / (values.Length - 1));
    }

    /// <summary>Computes the median.</summary>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>Computes a quantile, linear between the two nearest values (Hyndman and Fan's type 7).</summary>
    /// <param name="values">Values in any order, <c>[n]</c>; no NaN.</param>
    /// <param name="probability">From 0 (the least value) to 1 (the greatest).</param>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    /// <remarks>O(n log n).</remarks>
    public static double Quantile(ReadOnlySpan<double> values, double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability must lie from 0 to 1.");
        }

        if (values.Length == 0)
        {
            return double.NaN;
        }

        double[] sorted = ArrayPool<double>.Shared.Rent(values.Length);
        values.CopyTo(sorted);
        sorted.AsSpan(0, values.Length).Sort(); // NaN sorts first
        double least = sorted[0];
        double position = probability * (values.Length - 1);
        int below = (int)position;
        double low = sorted[below];
        double high = sorted[Math.Min(below + 1, values.Length - 1)];
        ArrayPool<double>.Shared.Return(sorted);
        return double.IsNaN(least)
            ? throw new ArgumentException("The values must not have NaN.", nameof(values))
            : low == high ? low : low + ((position - below) * (high - low));
    }

    /// <summary>Computes the median absolute deviation from the median, in the unit of the values.</summary>
    /// <remarks>Multiply by <see cref="NormalConsistency"/> to compare with a standard deviation.</remarks>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static double MedianAbsoluteDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }

        double median = Median(values);
        double[] deviations = ArrayPool<double>.Shared.Rent(values.Length);
        for (int index = 0; index < values.Length; index++)
        {
            deviations[index] = Math.Abs(values[index] - median);
        }

        double deviation = Median(deviations.AsSpan(0, values.Length));
        ArrayPool<double>.Shared.Return(deviations);
        return deviation;
    }
}
