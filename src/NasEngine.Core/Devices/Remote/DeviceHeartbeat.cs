namespace NasEngine.Core.Devices.Remote;

/// <summary>The answer to a heartbeat.</summary>
public enum DeviceHeartbeat
{
    /// <summary>The lease holds on.</summary>
    Held,

    /// <summary>Nobody waits for the work any more, or another has it: stop.</summary>
    Cancelled,
}
