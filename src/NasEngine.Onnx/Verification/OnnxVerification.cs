using NasEngine.Core.Errors;

namespace NasEngine.Onnx.Verification;

/// <summary>Compares what an exported model computes with what the supernet computes.</summary>
public static class OnnxVerification
{
    /// <summary>The difference that is allowed unless a caller says otherwise.</summary>
    public const double DefaultTolerance = 1e-4;

    /// <summary>Compares two sets of outputs.</summary>
    /// <param name="reference">The supernet's scores, row-major <c>[inputs × classes]</c>.</param>
    /// <param name="outputs">The model's scores, of the same shape.</param>
    /// <param name="classes">The number of columns; at least 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, are 0, or are no multiple of <paramref name="classes"/>.</exception>
    public static OnnxComparison Compare(ReadOnlySpan<float> reference, ReadOnlySpan<float> outputs, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (reference.Length == 0 || reference.Length != outputs.Length || reference.Length % classes != 0)
        {
            throw new ArgumentException($"Expected as many outputs as the reference has, rows of {classes}; got {outputs.Length} and {reference.Length}.", nameof(outputs));
        }

        (double largest, int agreed, int inputs) = (0, 0, reference.Length / classes);
        for (int index = 0; index < reference.Length; index++)
        {
            double difference = Math.Abs((double)reference[index] - outputs[index]);
            largest = double.IsFinite(difference) ? Math.Max(largest, difference) : double.PositiveInfinity;
        }

        for (int row = 0; row < inputs; row++)
        {
            agreed += Highest(reference.Slice(row * classes, classes)) == Highest(outputs.Slice(row * classes, classes)) ? 1 : 0;
        }

        return new OnnxComparison(largest, (double)agreed / inputs, inputs);
    }

    /// <summary>Refuses a model that differs by more than is allowed.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="file">The file that was to be written; it stands in the message.</param>
    /// <param name="tolerance">The largest difference allowed.</param>
    /// <exception cref="ExportMismatchException">The difference is larger.</exception>
    public static void Require(OnnxComparison comparison, string file, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (!(comparison.LargestDifference <= tolerance))
        {
            throw new ExportMismatchException(file, comparison.LargestDifference, tolerance, comparison.Inputs);
        }
    }

    private static int Highest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int index = 1; index < scores.Length; index++)
        {
            best = scores[index] > scores[best] ? index : best;
        }

        return best;
    }
}
