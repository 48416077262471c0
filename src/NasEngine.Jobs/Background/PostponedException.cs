using NasEngine.Core.Errors;

namespace NasEngine.Jobs.Background;

/// <summary>Work that cannot be done now through no fault of its own: another process is at it, or a device is away.</summary>
internal sealed class PostponedException(string message, TimeSpan delay, Exception? inner = null) : NasException(message, inner)
{
    /// <summary>Gets after what time it is tried again.</summary>
    public TimeSpan Delay { get; } = delay;

    /// <inheritdoc/>
    public override FaultKind Kind => FaultKind.Failure;
}
