namespace NasEngine.Core.Errors;

/// <summary>An exported model does not compute what the supernet computes, so its file was not written.</summary>
public sealed class ExportMismatchException : NasException
{
    /// <summary>Initializes the error from the largest difference that was seen.</summary>
    public ExportMismatchException(string file, double largestDifference, double tolerance, int inputs)
        : base(FormattableString.Invariant(
            $"{file} was not written: on {inputs} inputs the exported model differs from the supernet by up to {largestDifference:g3}, more than {tolerance:g3}."))
    {
        LargestDifference = largestDifference;
        Tolerance = tolerance;
    }

    /// <summary>Gets the largest absolute difference between two outputs.</summary>
    public double LargestDifference { get; }

    /// <summary>Gets the difference that is allowed.</summary>
    public double Tolerance { get; }

    /// <inheritdoc/>
    public override FaultKind Kind => FaultKind.ExportMismatch;
}
