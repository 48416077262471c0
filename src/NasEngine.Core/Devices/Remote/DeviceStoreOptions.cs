namespace NasEngine.Core.Devices.Remote;

/// <summary>The rules by which work is given out.</summary>
public sealed record DeviceStoreOptions
{
    /// <summary>Gets how long a lease holds without a heartbeat. At least 100 ms; 15 s unless set.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets how often in a row an agent may report a failure of its own without any result before the batch is given up. At least 1; 3 unless set.</summary>
    public int MaxFailures { get; init; } = 3;

    /// <summary>Gets how often in a row an agent may disappear without any result before the batch is given up. At least 1; 20 unless set.</summary>
    public int MaxDisappearances { get; init; } = 20;

    /// <summary>Gets how long a batch is kept that nobody asks for. 10 s unless set.</summary>
    /// <remarks>Afterwards the device is free again; results that were not fetched stay for <see cref="ResultRetention"/>.</remarks>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long results stay that nobody fetched: whoever asks for the same networks again gets them. One day unless set.</summary>
    public TimeSpan ResultRetention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Gets how many measurements of a device are kept for people to look at. At least 1; 200 unless set.</summary>
    public int KeptMeasurements { get; init; } = 200;
}
