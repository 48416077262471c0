using NasEngine.Core.Errors;

namespace NasEngine.Core.Devices.Remote;

/// <summary>Another agent is attached under a name.</summary>
public sealed class DeviceNameTakenException : NasException
{
    /// <summary>Initializes the error from the name and the device that has it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="holder">What the device is that has it.</param>
    public DeviceNameTakenException(string name, DeviceFingerprint holder)
        : base($"Another device is attached as '{name}': {holder}. Give this one another name, or remove that one first.") => Name = name;

    /// <summary>Gets the name.</summary>
    public string Name { get; }
}
