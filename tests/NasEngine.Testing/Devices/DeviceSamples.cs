using System.Globalization;
using System.Text;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Units;

namespace NasEngine.Testing.Devices;

/// <summary>Devices, work and results as tests need them.</summary>
public static class DeviceSamples
{
    /// <summary>A moment at which agents start.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    /// <summary>The fingerprint of a small machine.</summary>
    public static DeviceFingerprint Fingerprint(string processor = "Cortex-A72") => new()
    {
        Runtime = "onnxruntime-node",
        RuntimeVersion = "1.30.0",
        Host = "node v20.20.2",
        OperatingSystem = "linux arm64",
        Processor = processor,
        Cores = 4,
        Threads = 1,
    };

    /// <summary>An agent that attaches.</summary>
    public static DeviceAttachment Attachment(string name = "pi", string instance = "one", double startedAfterSeconds = 0, string processor = "Cortex-A72") => new()
    {
        Name = name,
        Kind = DeviceKind.Agent,
        Instance = instance,
        StartedAt = Start.AddSeconds(startedAfterSeconds),
        Fingerprint = Fingerprint(processor),
    };

    /// <summary>A batch of networks whose files are their own keys.</summary>
    public static DeviceBatch Batch(params string[] keys) => new()
    {
        Device = "pi",
        Fingerprint = Fingerprint().Id,
        Kind = DeviceWorkKind.Measure,
        Options = """{"minBlocks":6}""",
        Items = [.. keys.Select(key => new DeviceBatchItem(key, Encoding.UTF8.GetBytes($"network {key}"), [1, 3, 8, 8]))],
    };

    /// <summary>What an agent sends for a network: six blocks around a latency.</summary>
    public static string Measured(string key, double milliseconds = 1) => new MeasuredEvent
    {
        Key = key,
        Blocks = [.. Enumerable.Range(0, 6).Select(i => new MeasuredBlock(milliseconds * 1e6 * (1 + (0.001 * i)), i, 1, false))],
        RunsPerBlock = 4,
        OverheadNs = 4000,
        CanaryNs = 25_000,
        Clock = "process.hrtime",
        Warnings = [],
    }.ToJson();

    /// <summary>A measurement as a run keeps it.</summary>
    public static Measurement Measurement(string key, double milliseconds = 1, double canaryMicroseconds = 25) => new()
    {
        Key = key,
        Median = Latency.FromMilliseconds(milliseconds),
        Low = Latency.FromMilliseconds(milliseconds * 0.99),
        High = Latency.FromMilliseconds(milliseconds * 1.01),
        Blocks = [new MeasuredBlock(milliseconds * 1e6, 0, 1, false)],
        RunsPerBlock = 4,
        Canary = Latency.FromNanoseconds(canaryMicroseconds * 1000),
        Device = Fingerprint().Id,
        Threads = 1,
        InputShape = [1, 3, 8, 8],
        Session = "session",
        Sequence = 0,
        MeasuredAt = Start,
    };

    /// <summary>The keys of a list of numbered networks.</summary>
    public static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"n{i:000}"))];
}
