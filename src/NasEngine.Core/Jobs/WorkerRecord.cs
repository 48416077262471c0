namespace NasEngine.Core.Jobs;

/// <summary>A process that takes jobs.</summary>
/// <param name="Id">Its id, another one after each start.</param>
/// <param name="Name">What its user calls it.</param>
/// <param name="Host">The machine.</param>
/// <param name="ProcessId">The process there.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="LastSeen">When it last said that it is alive.</param>
/// <param name="Beat">How often it has said so: it grows while the worker is alive, whatever its clock shows.</param>
/// <param name="Queues">The queues it serves, each with how many jobs it takes of it at once, such as <c>evaluate</c> and 2.</param>
/// <param name="Devices">Devices attached to it, by name.</param>
/// <param name="Capabilities">What it can do.</param>
public sealed record WorkerRecord(
    string Id, string Name, string Host, int ProcessId, DateTimeOffset StartedAt, DateTimeOffset LastSeen, long Beat,
    IReadOnlyDictionary<string, int> Queues, IReadOnlyDictionary<string, string> Devices, WorkerCapabilities Capabilities);

/// <summary>What a worker can do.</summary>
/// <param name="CpuThreads">Logical processors.</param>
/// <param name="Cuda">Whether it trains on a GPU.</param>
/// <param name="System">Operating system and processor architecture.</param>
public sealed record WorkerCapabilities(int CpuThreads, bool Cuda, string System);
