namespace NasEngine.Core.Devices.Remote;

/// <summary>What an agent gave back for one network.</summary>
/// <param name="Key">The network.</param>
/// <param name="Document">The result, one JSON object: see <see cref="MeasuredEvent"/> and <see cref="RunOutputs"/>.</param>
/// <param name="Lease">The lease under which it was done; results of one lease shared a process and a canary.</param>
/// <param name="Sequence">Place among the results of the batch, from 0.</param>
/// <param name="At">When it arrived.</param>
public sealed record DeviceResult(string Key, string Document, string Lease, int Sequence, DateTimeOffset At);
