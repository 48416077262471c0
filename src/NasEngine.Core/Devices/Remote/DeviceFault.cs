namespace NasEngine.Core.Devices.Remote;

/// <summary>Why an agent gives work back.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">What the agent says.</param>
/// <param name="Key">The network that was refused; null where no network is to blame.</param>
public sealed record DeviceFault(DeviceFaultKind Kind, string Message, string? Key);

/// <summary>The ways in which work comes back.</summary>
public enum DeviceFaultKind
{
    /// <summary>The engine refuses one network, which is named: nothing else is wrong.</summary>
    Model,

    /// <summary>The engine or the agent failed; another try may succeed.</summary>
    Failure,

    /// <summary>Someone stopped the agent; no try is counted.</summary>
    Cancelled,
}
