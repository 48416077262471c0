using NasEngine.Core.Errors;

namespace NasEngine.Jobs.Runs;

/// <summary>Another process works on the same thing at the moment.</summary>
internal sealed class BusyException(string message, Exception? inner = null) : NasException(message, inner)
{
    /// <inheritdoc/>
    public override FaultKind Kind => FaultKind.Failure;
}
