using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace NasEngine.Core.Devices;

/// <summary>What a latency depends on beside the network: the machine, the runtime, its threads.</summary>
public sealed record DeviceFingerprint
{
    /// <summary>Gets the engine that runs the networks, such as <c>onnxruntime-node</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Gets the version of the engine.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Gets what the engine is called from, and its version, such as <c>node v20.20.2</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the operating system and processor architecture, such as <c>linux x64</c>.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Gets the release of the operating system's kernel; empty if not known.</summary>
    public string OperatingSystemRelease { get; init; } = string.Empty;

    /// <summary>Gets the processor's model name.</summary>
    public required string Processor { get; init; }

    /// <summary>Gets the number of logical processors; at least 1.</summary>
    public required int Cores { get; init; }

    /// <summary>Gets the memory in bytes; 0 if not known.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Gets the threads that one network runs on; at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Gets 16 hexadecimal digits that are equal exactly where latencies may be compared.</summary>
    /// <remarks>Made from runtime, operating system, processor, cores and threads. Kernel release, memory and host version do not count.</remarks>
    [JsonIgnore]
    public string Id
    {
        get
        {
            string identity = string.Join('\n', Runtime, RuntimeVersion, OperatingSystem, Processor, Cores, Threads);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 8));
        }
    }

    /// <summary>Gives the fingerprint in one line for a person.</summary>
    public override string ToString() =>
        $"{Processor}, {Cores} cores, {OperatingSystem}, {Runtime} {RuntimeVersion}, {Threads} thread{(Threads == 1 ? string.Empty : "s")}";
}
