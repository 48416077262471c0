using System.Text.Json;
using System.Text.Json.Serialization;

namespace NasEngine.Web.Contracts;

/// <summary>Writes numbers that JSON cannot hold as null: a training that diverged has losses that are not numbers, and must still be shown.</summary>
internal sealed class FiniteNumbers : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
