using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;

namespace NasEngine.Profiling.Replay;

/// <summary>The file format of recorded measurements: JSON lines, a header first.</summary>
/// <remarks>
/// Header: <c>{"format":"nas-measurements","version":1,"device":{…}}</c>. Then a line for each measurement:
/// <c>{"check":"0f3a…","measurement":{…}}</c>, where <c>check</c> is the start of the SHA-256 of the measurement's text; a line written by hand
/// may leave it out. A last line without its end is an append that was cut off, and does not count.
/// </remarks>
public sealed class RecordingFile
{
    private const string Format = "nas-measurements";
    private const int Version = 1;
    private const string WayOut = "Restore the file from a copy, or remove it and record again.";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private RecordingFile(DeviceFingerprint device, IReadOnlyList<Measurement> measurements, long validLength)
    {
        Device = device;
        Measurements = measurements;
        ValidLength = validLength;
    }

    /// <summary>Gets the device that was measured.</summary>
    public DeviceFingerprint Device { get; }

    /// <summary>Gets the measurements in the order they were made.</summary>
    public IReadOnlyList<Measurement> Measurements { get; }

    /// <summary>Gets the bytes up to the end of the last whole line.</summary>
    public long ValidLength { get; }

    /// <summary>Writes the first line of a recording.</summary>
    public static string HeaderLine(DeviceFingerprint device) =>
        JsonSerializer.Serialize(new Header(Format, Version, device), DeviceJson.Options) + "\n";

    /// <summary>Writes the line of a measurement.</summary>
    public static string MeasurementLine(Measurement measurement)
    {
        string text = JsonSerializer.Serialize(measurement, DeviceJson.Options);
        return $"{{\"check\":\"{Check(text)}\",\"measurement\":{text}}}\n";
    }

    /// <exception cref="DamagedFileException">A line is not what it should be; the message names it.</exception>
    /// <exception cref="UsageException">The file can't be read.</exception>
    public static async Task<RecordingFile> ReadAsync(string file, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The recording {file} can't be read: {problem.Message}", problem);
        }

        DeviceFingerprint? device = null;
        List<Measurement> measurements = [];
        int position = 0;
        for (int line = 1; position < bytes.Length; line++)
        {
            int length = bytes.AsSpan(position).IndexOf((byte)'\n');
            if (length < 0)
            {
                break;
            }

            int start = position;
            position += length + 1;
            try
            {
                string text = Utf8.GetString(bytes, start, length);
                if (device is null)
                {
                    device = ParseHeader(text);
                }
                else
                {
                    measurements.Add(ParseMeasurement(text));
                }
            }
            catch (Exception problem) when (problem is JsonException or FormatException or DecoderFallbackException or InvalidOperationException)
            {
                throw new DamagedFileException(file, $"line {line} is not a {(line == 1 ? "header of recorded measurements" : "recorded measurement")}: {OneLine(problem.Message)}", WayOut, problem);
            }
        }

        return device is null
            ? throw new DamagedFileException(file, "line 1, the header of recorded measurements, is missing or cut off.", WayOut)
            : new RecordingFile(device, measurements, position);
    }

    private static DeviceFingerprint ParseHeader(string text)
    {
        Header header = JsonSerializer.Deserialize<Header>(text, DeviceJson.Options) ?? throw new JsonException("It is null.");
        if (header.Format != Format || header.Version != Version)
        {
            throw new JsonException($"Format '{Format}' of version {Version} is needed, it says '{header.Format}' of version {header.Version}.");
        }

        return header.Device;
    }

    private static Measurement ParseMeasurement(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("measurement", out JsonElement element))
        {
            throw new JsonException("It has no \"measurement\".");
        }

        if (document.RootElement.TryGetProperty("check", out JsonElement check)
            && (check.ValueKind != JsonValueKind.String || check.GetString() != Check(element.GetRawText())))
        {
            throw new JsonException("Its check does not fit its text: it was changed.");
        }

        Measurement measurement = element.Deserialize<Measurement>(DeviceJson.Options) ?? throw new JsonException("It is null.");
        if (measurement.Key.Length == 0 || measurement.InputShape.IsDefaultOrEmpty || measurement.Blocks.IsDefault || measurement.Warnings.IsDefault
            || measurement.Low > measurement.Median || measurement.Median > measurement.High)
        {
            throw new JsonException("It needs a key, an input shape, blocks, and a median within its interval.");
        }

        return measurement;
    }

    private static string Check(string text) => Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(text)).AsSpan(0, 8));

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private sealed record Header
    {
        [System.Text.Json.Serialization.JsonConstructor]
        public Header(string format, int version, DeviceFingerprint device) => (Format, Version, Device) = (format, version, device);

        public string Format { get; }

        public int Version { get; }

        /// <summary>Gets the device that was measured.</summary>
    public DeviceFingerprint Device { get; }
    }
}
