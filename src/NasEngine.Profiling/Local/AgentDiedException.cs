using NasEngine.Core.Errors;

namespace NasEngine.Profiling.Local;

/// <summary>The agent's process ended or fell silent while an answer was awaited. Leads to a restart; users see it only as the cause of another error.</summary>
internal sealed class AgentDiedException(string message, string errorOutput, bool isFinal, Exception? inner = null) : NasException(message, inner)
{
    /// <summary>Gets the end of what the agent wrote to its error output.</summary>
    public string ErrorOutput { get; } = errorOutput;

    /// <summary>Gets whether another start can't help.</summary>
    public bool IsFinal { get; } = isFinal;

    public override FaultKind Kind => FaultKind.DeviceUnreachable;
}
