using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.LearningCurves;

/// <summary>A training seen so far, carried on: a weighted sum of power laws, inverse logarithms and Janoschek curves.</summary>
/// <remarks>
/// <para>Offset and factor of every shape are a robust least-squares fit; within a family shapes count by how well they fit, and the families count
/// by fixed shares, since ten epochs do not tell them apart. The uncertainty is what shapes and families differ by, and the noise.</para>
/// <para>For rising values (accuracy) and falling ones (loss) alike. Extrapolate to stop trainings and to know values; to rank trainings, take the last
/// value seen, which orders them better. Immutable and thread-safe.</para>
/// </remarks>
public sealed class LearningCurve
{
    /// <summary>Fewer points than this say nothing about a curve's end.</summary>
    public const int LeastPoints = 3;

    private const int RobustRounds = 2;

    // Noise is not believed to be smaller than this part of the range seen, with the weight of two points.
    private const double LeastNoise = 0.01;
    private const double NoisePoints = 2;

    private readonly (double Weight, CurveShape Shape, double Offset, double Factor)[] _parts;
    private readonly double _noise;

    private LearningCurve(double lastEpoch, double lastValue, double noise, (double Weight, CurveShape Shape, double Offset, double Factor)[] parts) =>
        (LastEpoch, LastValue, _noise, _parts) = (lastEpoch, lastValue, noise, parts);

    /// <summary>Gets the last epoch seen.</summary>
    public double LastEpoch { get; }

    /// <summary>Gets the value at the last epoch seen: what trainings are ranked by.</summary>
    public double LastValue { get; }

    /// <summary>Fits a partial curve.</summary>
    /// <param name="epochs">Ascending, above 0; at least <see cref="LeastPoints"/>.</param>
    /// <param name="values">The value after each epoch, such as a validation loss or accuracy; finite.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are too few points, epochs do not ascend from above 0, or a value is not finite.</exception>
    public static LearningCurve Fit(ReadOnlySpan<double> epochs, ReadOnlySpan<double> values)
    {
        Check(epochs, values);
        double[] weights = new double[values.Length];
        weights.AsSpan().Fill(1);
        double range = 0;
        double sign = Trend(epochs, values);
        foreach (double value in values)
        {
            range = Math.Max(range, Math.Abs(value - values[0]));
        }

        double floor = Math.Max(LeastNoise * range, 1e-9 * Math.Max(1e-300, Math.Abs(values[^1])));
        for (int round = 0; ; round++)
        {
            (double Weight, CurveShape Shape, double Offset, double Factor)[] parts = FitParts(epochs, values, weights, sign, floor);
            double[] residuals = new double[values.Length];
            for (int index = 0; index < residuals.Length; index++)
            {
                residuals[index] = Math.Abs(values[index] - Mean(parts, epochs[index]));
            }

            double noise = Math.Max(floor, Descriptive.NormalConsistency * Descriptive.Median(residuals));
            if (round == RobustRounds)
            {
                return new LearningCurve(epochs[^1], values[^1], noise, parts);
            }

            for (int index = 0; index < weights.Length; index++)
            {
                weights[index] = Math.Min(1, IteratedReweightedLeastSquares.HuberThreshold * noise / Math.Max(residuals[index], 1e-300));
            }
        }
    }

    /// <summary>Predicts the value at an epoch.</summary>
    /// <param name="epoch">Above 0; mostly one after the last seen.</param>
    public CurvePrediction Predict(double epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epoch);
        double mean = Mean(_parts, epoch);
        double variance = _noise * _noise;
        foreach ((double weight, CurveShape shape, double offset, double factor) in _parts)
        {
            double difference = offset + (factor * shape.At(epoch)) - mean;
            variance += weight * difference * difference;
        }

        return new CurvePrediction(mean, Math.Sqrt(variance));
    }

    private static double Mean((double Weight, CurveShape Shape, double Offset, double Factor)[] parts, double epoch)
    {
        double mean = 0;
        foreach ((double weight, CurveShape shape, double offset, double factor) in parts)
        {
            mean += weight * (offset + (factor * shape.At(epoch)));
        }

        return mean;
    }

    private static (double Weight, CurveShape Shape, double Offset, double Factor)[] FitParts(
        ReadOnlySpan<double> epochs, ReadOnlySpan<double> values, double[] weights, double sign, double floor)
    {
        List<(double Weight, CurveShape Shape, double Offset, double Factor)> parts = [];
        foreach ((double share, IReadOnlyList<CurveShape> shapes) in CurveShape.Families)
        {
            (double Offset, double Factor, double LogLikelihood)[] fits = new (double, double, double)[shapes.Count];
            for (int index = 0; index < fits.Length; index++)
            {
                fits[index] = FitShape(epochs, values, weights, sign, floor, shapes[index]);
            }

            double greatest = fits.Max(fit => fit.LogLikelihood);
            double total = fits.Sum(fit => Math.Exp(fit.LogLikelihood - greatest));
            parts.AddRange(fits.Select((fit, index) => (share * Math.Exp(fit.LogLikelihood - greatest) / total, shapes[index], fit.Offset, fit.Factor)));
        }

        return [.. parts];
    }

    private static (double Offset, double Factor, double LogLikelihood) FitShape(
        ReadOnlySpan<double> epochs, ReadOnlySpan<double> values, double[] weights, double sign, double floor, CurveShape shape)
    {
        (double total, double meanShape, double meanValue) = (0, 0, 0);
        for (int index = 0; index < weights.Length; index++)
        {
            total += weights[index];
            meanShape += weights[index] * shape.At(epochs[index]);
            meanValue += weights[index] * values[index];
        }

        (meanShape, meanValue) = (meanShape / total, meanValue / total);
        (double square, double product) = (0, 0);
        for (int index = 0; index < weights.Length; index++)
        {
            double deviation = shape.At(epochs[index]) - meanShape;
            square += weights[index] * deviation * deviation;
            product += weights[index] * deviation * (values[index] - meanValue);
        }

        // A curve that goes on against its trend is no learning curve: it is flat then.
        double factor = square > 0 && product * sign > 0 ? product / square : 0;
        double offset = meanValue - (factor * meanShape);
        double squares = NoisePoints * floor * floor;
        for (int index = 0; index < weights.Length; index++)
        {
            double residual = values[index] - offset - (factor * shape.At(epochs[index]));
            squares += weights[index] * residual * residual;
        }

        return (offset, factor, -0.5 * (total + NoisePoints) * Math.Log(squares));
    }

    // 1 if values fall along the logarithm of the epoch, as shapes do, otherwise -1.
    private static double Trend(ReadOnlySpan<double> epochs, ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (double epoch in epochs)
        {
            mean += Math.Log(epoch) / epochs.Length;
        }

        double slope = 0;
        for (int index = 0; index < values.Length; index++)
        {
            slope += (Math.Log(epochs[index]) - mean) * (values[index] - values[0]);
        }

        return slope <= 0 ? 1 : -1;
    }

    private static void Check(ReadOnlySpan<double> epochs, ReadOnlySpan<double> values)
    {
        if (epochs.Length != values.Length || values.Length < LeastPoints)
        {
            throw new ArgumentException($"Expected a value for each of at least {LeastPoints} epochs, got {values.Length} for {epochs.Length}.", nameof(values));
        }

        for (int index = 0; index < epochs.Length; index++)
        {
            if (!double.IsFinite(values[index]) || !double.IsFinite(epochs[index]) || !(epochs[index] > (index == 0 ? 0 : epochs[index - 1])))
            {
                throw new ArgumentException($"Epochs must ascend from above 0 and values must be finite; point {index} is ({epochs[index]}, {values[index]}).", nameof(epochs));
            }
        }
    }
}
