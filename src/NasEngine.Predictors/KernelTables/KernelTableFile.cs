using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;

namespace NasEngine.Predictors.KernelTables;

/// <summary>Writes kernel tables as JSON and reads them back, with the same bits and a digest.</summary>
public static class KernelTableFile
{
    private const string Format = "nasengine-kernels";
    private const int Version = 1;

    /// <summary>Writes a table.</summary>
    /// <returns>JSON, indented, kernels in the order of their texts, with a line feed at its end.</returns>
    public static string ToJson(KernelTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Serialize(table, DigestOf(Serialize(table, digest: null))) + "\n";
    }

    /// <summary>Reads a table.</summary>
    /// <param name="file">What to call the text in messages.</param>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <exception cref="InputFormatException">The text is no kernel table; every fault is listed.</exception>
    /// <exception cref="DamagedFileException">The text was changed since it was written.</exception>
    public static KernelTable Parse(string file, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        string digest = string.Empty;
        KernelTable table = StrictJson.Read(file, Encoding.UTF8.GetBytes(json), root =>
        {
            root.Text("format", allowed: [Format]);
            root.Integer("version", Version, Version);
            digest = root.Text("digest");
            string device = root.Text("device");
            Dictionary<KernelKey, KernelTime> times = [];
            foreach (JsonObjectReader kernel in root.Objects("kernels", required: true))
            {
                IReadOnlyList<double> sizes = kernel.Numbers("sizes", 1, int.MaxValue);
                KernelKey key = new(kernel.Text("kind"), [.. sizes.Select(size => (int)size)]);
                KernelTime time = new((int)kernel.Integer("count", 1, int.MaxValue), kernel.Number("mean", 0, double.MaxValue), kernel.Number("spread", 0, double.MaxValue));
                if (sizes.Any(size => size != Math.Floor(size)) || !times.TryAdd(key, time))
                {
                    kernel.Fault("sizes", $"whole numbers are expected, each kernel once, not '{key}'.");
                }
            }

            if (string.IsNullOrWhiteSpace(device))
            {
                root.Fault("device", "the name of a device is expected.");
            }

            return root.HasFaults ? null : new KernelTable(device, times);
        });
        return DigestOf(Serialize(table, digest: null)) == digest
            ? table
            : throw new DamagedFileException(file, "its content does not have the digest it was written with.", "Build the table again.");
    }

    private static string Serialize(KernelTable table, string? digest)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            if (digest is not null)
            {
                writer.WriteString("digest", digest);
            }

            writer.WriteString("device", table.Device);
            writer.WriteStartArray("kernels");
            foreach ((KernelKey key, KernelTime time) in table.Times.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
            {
                writer.WriteStartObject();
                writer.WriteString("kind", key.Kind);
                PredictorJson.WriteNumbers(writer, "sizes", key.Sizes.Select(size => (double)size));
                writer.WriteNumber("count", time.Count);
                writer.WriteNumber("mean", time.MeanMilliseconds);
                writer.WriteNumber("spread", time.SpreadMilliseconds);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string DigestOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..32];
}
