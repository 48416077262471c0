namespace NasEngine.Core.Devices.Remote;

/// <summary>A device came, took work, ended it or left.</summary>
/// <param name="Name">The device's name.</param>
/// <param name="Activity">What it is doing now; <see langword="null"/> if it was forgotten.</param>
public sealed record DeviceChange(string Name, DeviceActivity? Activity);
