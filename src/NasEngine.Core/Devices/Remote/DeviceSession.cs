namespace NasEngine.Core.Devices.Remote;

/// <summary>An attached agent, as the store knows it until another takes its name or it is sent away.</summary>
/// <param name="Id">What the agent names itself by from now on; can't be guessed.</param>
/// <param name="Name">The device's name.</param>
/// <param name="LeaseTime">How long a lease holds without a heartbeat.</param>
public sealed record DeviceSession(string Id, string Name, TimeSpan LeaseTime);
