namespace NasEngine.Core.Devices.Remote;

/// <summary>What a device is doing.</summary>
public enum DeviceActivity
{
    /// <summary>It was not heard of for longer than two leases, or was sent away.</summary>
    Offline,

    /// <summary>It waits for work.</summary>
    Online,

    /// <summary>It works on a batch.</summary>
    Busy,
}
