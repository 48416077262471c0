using NasEngine.Core.Errors;

namespace NasEngine.Core.Devices;

/// <summary>A device can't be started, does not answer, or keeps dying.</summary>
public sealed class DeviceUnreachableException : NasException
{
    /// <summary>Initializes the error from the device, the reason and the last lines the device wrote.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="reason">What happened and what can be done, as sentences.</param>
    /// <param name="errorOutput">The end of what the device wrote to its error output; empty if nothing.</param>
    /// <param name="inner">The cause, or null.</param>
    public DeviceUnreachableException(string device, string reason, string errorOutput = "", Exception? inner = null)
        : base($"Device '{device}' is not reachable: {reason}{(string.IsNullOrEmpty(errorOutput) ? string.Empty : $" Its last output: {errorOutput}")}", inner)
    {
        Device = device;
        ErrorOutput = errorOutput;
    }

    /// <summary>Gets the device's name.</summary>
    public string Device { get; }

    /// <summary>Gets the end of what the device wrote to its error output; empty if nothing.</summary>
    public string ErrorOutput { get; }

    /// <inheritdoc/>
    public override FaultKind Kind => FaultKind.DeviceUnreachable;
}
