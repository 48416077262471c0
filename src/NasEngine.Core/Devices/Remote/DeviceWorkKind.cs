namespace NasEngine.Core.Devices.Remote;

/// <summary>What a device is asked to do with the networks of a batch.</summary>
public enum DeviceWorkKind
{
    /// <summary>Measure their latency, interleaved.</summary>
    Measure,

    /// <summary>Run each on given inputs and give back what it computes.</summary>
    Run,
}
