namespace NasEngine.Core.Devices.Remote;

/// <summary>How far a batch is.</summary>
public sealed record DeviceBatchProgress
{
    /// <summary>Gets the results with a sequence of at least the one asked for, in order.</summary>
    public required IReadOnlyList<DeviceResult> Results { get; init; }

    /// <summary>Gets the networks without a result.</summary>
    public required int Remaining { get; init; }

    /// <summary>Gets the first network that the device refused, and why; null if none.</summary>
    public DeviceFault? Refusal { get; init; }

    /// <summary>Gets why the batch was given up: the device failed or disappeared too often without measuring anything. Null while it goes on.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets the device; null if it was removed.</summary>
    public AttachedDevice? Device { get; init; }
}
