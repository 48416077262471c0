using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NasEngine.Core.Units;

namespace NasEngine.Core.Devices;

/// <summary>The latency of one network on one device, with its spread and all that it was computed from.</summary>
/// <remarks>Serialises to JSON and back without loss. Times in the JSON are nanoseconds.</remarks>
public sealed record Measurement
{
    /// <summary>Gets the identity of the network, as the <see cref="MeasurementItem"/> gave it.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the median over the blocks that count.</summary>
    [JsonPropertyName("medianNs"), JsonConverter(typeof(LatencyJsonConverter))]
    public required Latency Median { get; init; }

    /// <summary>Gets the lower end of the median's interval: 95 % without any assumption on the distribution, given six blocks or more.</summary>
    [JsonPropertyName("lowNs"), JsonConverter(typeof(LatencyJsonConverter))]
    public required Latency Low { get; init; }

    /// <summary>Gets the upper end of the median's interval.</summary>
    [JsonPropertyName("highNs"), JsonConverter(typeof(LatencyJsonConverter))]
    public required Latency High { get; init; }

    /// <summary>Gets every block in the order of measuring, those under drift included.</summary>
    public required ImmutableArray<MeasuredBlock> Blocks { get; init; }

    /// <summary>Gets the runs of each block; at least 1.</summary>
    public required int RunsPerBlock { get; init; }

    /// <summary>Gets the part of the median that is the cost of a call: the latency of a network that copies one number.</summary>
    [JsonPropertyName("overheadNs"), JsonConverter(typeof(LatencyJsonConverter))]
    public Latency Overhead { get; init; }

    /// <summary>Gets the median time of the canary network over the batch: how fast the device was then. Zero if not known.</summary>
    /// <remarks>Two measurements of one device whose canaries differ were taken under different load or clock rates.</remarks>
    [JsonPropertyName("canaryNs"), JsonConverter(typeof(LatencyJsonConverter))]
    public Latency Canary { get; init; }

    /// <summary>Gets the <see cref="DeviceFingerprint.Id"/> of the device.</summary>
    public required string Device { get; init; }

    /// <summary>Gets the threads that the network ran on; at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Gets the shape of the input, batch first.</summary>
    public required ImmutableArray<int> InputShape { get; init; }

    /// <summary>Gets the clock that was read.</summary>
    public string Clock { get; init; } = string.Empty;

    /// <summary>Gets what could not be controlled, one sentence each; empty if nothing is to be said.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Gets what names the session that measured: measurements of one session shared a process and a canary.</summary>
    public required string Session { get; init; }

    /// <summary>Gets the place of this measurement in its session, from 0.</summary>
    public required int Sequence { get; init; }

    /// <summary>Gets when the measurement ended.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Gets the inputs that one run takes: the first size of <see cref="InputShape"/>.</summary>
    [JsonIgnore]
    public int Batch => InputShape[0];
}
