namespace NasEngine.Core.Errors;

/// <summary>The work was asked for rightly, but failed: a diverged training, a full disk, a tool that ended with an error.</summary>
public sealed class WorkFailedException : NasException
{
    /// <summary>Initializes the error with what failed and what can be done.</summary>
    public WorkFailedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override FaultKind Kind => FaultKind.Failure;
}
