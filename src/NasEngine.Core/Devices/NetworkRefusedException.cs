using NasEngine.Core.Errors;

namespace NasEngine.Core.Devices;

/// <summary>A device answers, but can't run a network: its engine does not know an operation, or the input does not fit.</summary>
public sealed class NetworkRefusedException : NasException
{
    /// <summary>Initializes the error from the network and what the device said.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="key">The network's key.</param>
    /// <param name="reason">What the device said.</param>
    public NetworkRefusedException(string device, string key, string reason)
        : base($"Device '{device}' can't run network '{key}': {reason}")
    {
        Device = device;
        Key = key;
    }

    /// <summary>Gets the device's name.</summary>
    public string Device { get; }

    /// <summary>Gets the network's key.</summary>
    public string Key { get; }

    /// <inheritdoc/>
    public override FaultKind Kind => FaultKind.Failure;
}
