using NasEngine.Core.Errors;

namespace NasEngine.Profiling.Local;

/// <summary>The agent answered a request with an error.</summary>
internal sealed class AgentRequestException(string agentKind, string message) : NasException(message)
{
    /// <summary>Gets the agent's kind of error: <c>request</c>, <c>model</c>, <c>cancelled</c> or <c>failure</c>.</summary>
    public string AgentKind { get; } = agentKind;

    public override FaultKind Kind => FaultKind.Failure;
}
