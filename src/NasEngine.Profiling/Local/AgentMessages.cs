using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Devices;
using NasEngine.Core.Units;

namespace NasEngine.Profiling.Local;

/// <summary>Requests to the agent and the meaning of its answers. See the agent's README for the protocol.</summary>
internal static class AgentMessages
{
    public const int ProtocolVersion = 1;

    public static JsonObject Hello() => new() { ["type"] = "hello" };

    public static JsonObject Load(string model, ReadOnlySpan<byte> bytes, int threads) => new()
    {
        ["type"] = "load",
        ["model"] = model,
        ["data"] = Convert.ToBase64String(bytes),
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        ["threads"] = threads,
    };

    public static JsonObject Unload(string model) => new() { ["type"] = "unload", ["model"] = model };

    public static JsonObject Measure(IEnumerable<(string Model, ImmutableArray<int> Shape)> models, MeasurementOptions options) => new()
    {
        ["type"] = "measure",
        ["models"] = new JsonArray([.. models.Select(entry => new JsonObject
        {
            ["model"] = entry.Model,
            ["shapes"] = new JsonArray(Shape(entry.Shape)),
        })]),
        ["options"] = Options(options),
    };

    /// <summary>Gives the options of measuring under the agent's names.</summary>
    public static JsonObject Options(MeasurementOptions options) => new()
    {
        ["blockMs"] = options.BlockMilliseconds,
        ["minBlocks"] = options.MinBlocks,
        ["maxBlocks"] = options.MaxBlocks,
        ["precision"] = options.Precision,
        ["warmUpTolerance"] = options.WarmUpTolerance,
        ["warmUpMs"] = options.WarmUpMilliseconds,
        ["timeLimitMs"] = options.TimeLimitMilliseconds,
        ["canaryEvery"] = options.CanaryEvery,
        ["driftTolerance"] = options.DriftTolerance,
        ["seed"] = options.Seed,
    };

    public static JsonObject Run(string model, ImmutableArray<int> shape, IEnumerable<float[]> inputs) => new()
    {
        ["type"] = "run",
        ["model"] = model,
        ["inputs"] = new JsonArray([.. inputs.Select(values => new JsonArray(new JsonObject
        {
            ["shape"] = Shape(shape),
            ["data"] = Convert.ToBase64String(Encode([values])),
        }))]),
    };

    public static DeviceFingerprint Fingerprint(JsonElement hello, int threads) => new()
    {
        Runtime = hello.GetProperty("runtime").GetString()!,
        RuntimeVersion = hello.GetProperty("runtimeVersion").GetString()!,
        Host = hello.GetProperty("host").GetString()!,
        OperatingSystem = hello.GetProperty("os").GetString()!,
        OperatingSystemRelease = hello.GetProperty("osRelease").GetString()!,
        Processor = hello.GetProperty("cpu").GetString()!,
        Cores = hello.GetProperty("cores").GetInt32(),
        MemoryBytes = hello.GetProperty("memoryBytes").GetInt64(),
        Threads = threads,
    };

    /// <summary>Makes a measurement of an event; median and interval are computed here, from the raw blocks.</summary>
    public static Measurement Measured(
        JsonElement measured, MeasurementItem item, MeasurementOptions options, DeviceFingerprint device, string session, int sequence, DateTimeOffset now)
    {
        ImmutableArray<MeasuredBlock> blocks = measured.GetProperty("blocks").Deserialize<ImmutableArray<MeasuredBlock>>(DeviceJson.Options);
        double[] counted = MeasurementStatistics.CountedNanoseconds(blocks, options.MinBlocks);
        (double low, double high) = MeasurementStatistics.MedianInterval(counted);
        return new Measurement
        {
            Key = item.Key,
            Median = Latency.FromNanoseconds(MeasurementStatistics.Median(counted)),
            Low = Latency.FromNanoseconds(low),
            High = Latency.FromNanoseconds(high),
            Blocks = blocks,
            RunsPerBlock = measured.GetProperty("runsPerBlock").GetInt32(),
            Overhead = Latency.FromNanoseconds(measured.GetProperty("overheadNs").GetDouble()),
            Canary = Latency.FromNanoseconds(measured.GetProperty("canaryNs").GetDouble()),
            Device = device.Id,
            Threads = device.Threads,
            InputShape = item.InputShape,
            Clock = measured.GetProperty("clock").GetString()!,
            Warnings = [.. measured.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)],
            Session = session,
            Sequence = sequence,
            MeasuredAt = now,
        };
    }

    /// <summary>Gives the first output of each run.</summary>
    public static IReadOnlyList<float[]> Outputs(JsonElement result, string device)
    {
        List<float[]> outputs = [];
        foreach (JsonElement run in result.GetProperty("outputs").EnumerateArray())
        {
            JsonElement first = run[0];
            string type = first.GetProperty("type").GetString()!;
            outputs.Add(type == "float32"
                ? Decode(first.GetProperty("data").GetBytesFromBase64())
                : throw new NetworkRefusedException(device, "run", $"its output '{first.GetProperty("name").GetString()}' has type {type}, float32 is needed."));
        }

        return outputs;
    }

    private static JsonArray Shape(ImmutableArray<int> shape) => new([.. shape.Select(size => JsonValue.Create(size))]);

    /// <summary>Gives 32-bit floats one after the other, little-endian.</summary>
    public static byte[] Encode(IReadOnlyList<float[]> inputs)
    {
        byte[] bytes = new byte[inputs.Sum(values => values.Length) * sizeof(float)];
        int at = 0;
        foreach (float value in inputs.SelectMany(values => values))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), value);
            at += sizeof(float);
        }

        return bytes;
    }

    /// <summary>Reads 32-bit floats, little-endian.</summary>
    public static float[] Decode(byte[] bytes)
    {
        float[] values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return values;
    }
}
