using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;

namespace NasEngine.Predictors.LearningCurves;

/// <summary>Corrects extrapolations by trainings of the same search that are finished: how they went on after as many epochs.</summary>
/// <remarks>
/// The gain still to come is linear in the gain that <see cref="LearningCurve"/> expects and in the last steps seen, a ridge fit under Huber's loss; with few
/// finished trainings the penalty leaves the extrapolation nearly as it is. Immutable and thread-safe.
/// </remarks>
public sealed class CurvePopulation
{
    /// <summary>Fewer finished trainings than this correct nothing.</summary>
    public const int LeastCurves = 8;

    // The correction's slopes are held to 0 as if by so many trainings.
    private const double PriorCurves = 4;

    private readonly double _end;
    private readonly double _scale;
    private readonly double[] _coefficients;
    private readonly double _spread;

    private CurvePopulation(int seen, double end, double scale, double[] coefficients, double spread) =>
        (Seen, _end, _scale, _coefficients, _spread) = (seen, end, scale, coefficients, spread);

    /// <summary>Gets the number of epochs after which it corrects.</summary>
    public int Seen { get; }

    /// <summary>Learns from finished trainings.</summary>
    /// <param name="finished">Values after epochs 1, 2, 3 … of at least <see cref="LeastCurves"/> trainings, all of one length.</param>
    /// <param name="seen">After how many epochs others will be predicted; at least <see cref="LearningCurve.LeastPoints"/>, fewer than the length.</param>
    /// <exception cref="ArgumentException">There are too few trainings, or lengths do not fit.</exception>
    public static CurvePopulation Fit(IReadOnlyList<double[]> finished, int seen)
    {
        ArgumentNullException.ThrowIfNull(finished);
        if (finished.Count < LeastCurves || seen < LearningCurve.LeastPoints || finished.Any(curve => curve.Length != finished[0].Length || curve.Length <= seen))
        {
            throw new ArgumentException($"Expected at least {LeastCurves} curves of one length above {seen}, got {finished.Count}.", nameof(finished));
        }

        double end = finished[0].Length;
        double[][] rows = [.. finished.Select(curve => Features(curve.AsSpan(0, seen), end))];
        double[] misses = [.. finished.Select((curve, index) => curve[^1] - curve[seen - 1] - rows[index][1])];
        double scale = Math.Max(1e-12, Descriptive.Median([.. rows.Select(row => Math.Abs(row[1]) + Math.Abs(row[2]))]));
        int columns = rows[0].Length;
        double[] design = [.. rows.SelectMany(row => row.Select((value, column) => column == 0 ? 1 : value / scale))];
        double[] penalties = [.. Enumerable.Repeat(PriorCurves / finished.Count, columns)];
        double[] coefficients = new double[columns];
        double[] targets = [.. misses.Select(miss => miss / scale)];
        HuberFit fit = IteratedReweightedLeastSquares.Fit(design, targets, penalties, nonNegative: false, coefficients);

        // Half robust, half not: rare trainings that break through late make the tails wide.
        double[] residuals = [.. targets.Select((target, row) => target - DenseLinearSystem.Dot(design.AsSpan(row * columns, columns), coefficients))];
        double spread = 0.5 * (fit.Scale + Descriptive.StandardDeviation(residuals)) * Math.Sqrt(1 + ((double)columns / finished.Count));
        return new CurvePopulation(seen, end, scale, coefficients, spread * scale);
    }

    /// <summary>Predicts the end of a training.</summary>
    /// <param name="values">Its values after epochs 1, 2, 3 …, exactly <see cref="Seen"/>.</param>
    /// <exception cref="ArgumentException">The number of values differs.</exception>
    public CurvePrediction PredictEnd(ReadOnlySpan<double> values)
    {
        if (values.Length != Seen)
        {
            throw new ArgumentException($"Expected the values of {Seen} epochs, got {values.Length}.", nameof(values));
        }

        double[] features = Features(values, _end);
        double miss = _coefficients[0] * _scale;
        for (int column = 1; column < features.Length; column++)
        {
            miss += _coefficients[column] * features[column];
        }

        return new CurvePrediction(values[^1] + features[1] + miss, _spread);
    }

    // A one, the gain expected, and the gains over the last half and over the last step.
    private static double[] Features(ReadOnlySpan<double> values, double end)
    {
        double[] epochs = [.. Enumerable.Range(1, values.Length).Select(epoch => (double)epoch)];
        double gain = LearningCurve.Fit(epochs, values).Predict(end).Mean - values[^1];
        return [1, gain, values[^1] - values[(values.Length - 1) / 2], values[^1] - values[^2]];
    }
}
