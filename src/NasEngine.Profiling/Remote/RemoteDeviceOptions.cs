namespace NasEngine.Profiling.Remote;

/// <summary>How a device that is attached over the network is waited for.</summary>
public sealed record RemoteDeviceOptions
{
    /// <summary>Gets how often the store is asked for results. 200 ms unless set.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets how long a device that is away is waited for when work begins. 30 s unless set.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long a device that went away in the middle of a batch is waited for. 10 minutes unless set.</summary>
    public TimeSpan AwayPatience { get; init; } = TimeSpan.FromMinutes(10);
}
