using System.Collections.Immutable;
using System.Text.Json;
using NasEngine.Core.Errors;

namespace NasEngine.Core.Devices.Remote;

/// <summary>What a network computed on a device.</summary>
public sealed record RunOutputs
{
    /// <summary>Gets the network's key in its batch.</summary>
    public required string Key { get; init; }

    /// <summary>Gets for each run the values of the first output: 32-bit floats, little-endian, in base64.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>Reads what an agent sends, and checks it.</summary>
    /// <param name="json">The JSON object; members that are not known are left out.</param>
    /// <exception cref="InputFormatException">Something is missing, of another type, or no base64 of 32-bit floats.</exception>
    public static RunOutputs Parse(JsonElement json)
    {
        try
        {
            RunOutputs? read = json.Deserialize<RunOutputs>(DeviceJson.Options);
            return read is { Key.Length: > 0, Outputs.IsDefault: false } && read.Outputs.All(IsFloats)
                ? read
                : throw new InputFormatException("outputs", [new InputFault("$.outputs", "must be a list of 32-bit floats in base64, with a key.")]);
        }
        catch (JsonException problem)
        {
            throw new InputFormatException("outputs", [new InputFault(problem.Path ?? "$", "is missing or of another type than the protocol says.")]);
        }
    }

    /// <summary>Gives the outputs as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DeviceJson.Options);

    private static bool IsFloats(string? text) =>
        text is not null && System.Buffers.Text.Base64.IsValid(text, out int bytes) && bytes % sizeof(float) == 0;
}
