using System.Text.Json;
using System.Text.Json.Serialization;
using NasEngine.Core.Units;

namespace NasEngine.Core.Devices;

/// <summary>Writes a latency as a number of nanoseconds, exact to the last bit.</summary>
public sealed class LatencyJsonConverter : JsonConverter<Latency>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The number is negative or not finite.</exception>
    public override Latency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        double nanoseconds = reader.GetDouble();
        return double.IsFinite(nanoseconds) && nanoseconds >= 0
            ? Latency.FromNanoseconds(nanoseconds)
            : throw new JsonException("A latency must be finite and not negative.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Latency value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.Nanoseconds);
    }
}
