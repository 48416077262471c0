using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NasEngine.Torch;

/// <summary>Reads and checks the JSON header of a safetensors file; every fault is a <see cref="SafeTensorsException"/>.</summary>
/// <remarks>The format: 8 bytes little-endian header length, the header, then the data, covered by the tensors without gap or overlap.</remarks>
internal sealed class SafeTensorsHeader
{
    internal const string HashKey = "sha256";
    private const long MaxHeaderLength = 100_000_000;
    private const int MaxRank = 64; // libtorch's own limit

    private readonly string _path;
    private readonly List<SafeTensorEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafeTensorsHeader(string path) => _path = path;

    internal IReadOnlyList<SafeTensorEntry> Entries => _entries;

    internal IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The position of the first byte of data in the file.</summary>
    internal long DataStart { get; private set; }

    internal static SafeTensorsHeader Read(string path, Stream stream)
    {
        SafeTensorsHeader header = new(path);
        long total = stream.Length;
        if (total < 8)
        {
            throw header.Fault($"the file has {total} bytes, fewer than the 8 of the header length.");
        }

        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeaderLength || (long)length > total - 8)
        {
            throw header.Fault($"the header length {length} is beyond the file ({total} bytes) or the limit ({MaxHeaderLength} bytes).");
        }

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        header.DataStart = 8 + (long)length;
        header.Parse(text);
        header.CheckLayout(total - header.DataStart);
        return header;
    }

    internal static string NameOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => "F32",
        torch.ScalarType.Float64 => "F64",
        torch.ScalarType.Float16 => "F16",
        torch.ScalarType.BFloat16 => "BF16",
        torch.ScalarType.Int64 => "I64",
        torch.ScalarType.Int32 => "I32",
        torch.ScalarType.Int16 => "I16",
        torch.ScalarType.Int8 => "I8",
        torch.ScalarType.Byte => "U8",
        torch.ScalarType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The type has no safetensors name."),
    };

    private static (torch.ScalarType Type, int Size)? TypeOf(string name) => name switch
    {
        "F32" => (torch.ScalarType.Float32, 4),
        "F64" => (torch.ScalarType.Float64, 8),
        "F16" => (torch.ScalarType.Float16, 2),
        "BF16" => (torch.ScalarType.BFloat16, 2),
        "I64" => (torch.ScalarType.Int64, 8),
        "I32" => (torch.ScalarType.Int32, 4),
        "I16" => (torch.ScalarType.Int16, 2),
        "I8" => (torch.ScalarType.Int8, 1),
        "U8" => (torch.ScalarType.Byte, 1),
        "BOOL" => (torch.ScalarType.Bool, 1),
        _ => null,
    };

    private void Parse(byte[] text)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(text);
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Fault("the header is not a JSON object.");
            }

            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                {
                    throw Fault($"the header names '{property.Name}' twice.");
                }

                if (property.Name == "__metadata__")
                {
                    ParseMetadata(property.Value);
                }
                else
                {
                    _entries.Add(ParseEntry(property.Name, property.Value));
                }
            }
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new SafeTensorsException(_path, $"the header is not JSON in UTF-8: {error.Message}", error);
        }
    }

    private void ParseMetadata(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Fault("__metadata__ is not a JSON object.");
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String || !_metadata.TryAdd(property.Name, property.Value.GetString()!))
            {
                throw Fault($"__metadata__ holds '{property.Name}' twice, or not as a string.");
            }
        }
    }

    private SafeTensorEntry ParseEntry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() != 3
            || !value.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out JsonElement offsets) || offsets.ValueKind != JsonValueKind.Array)
        {
            throw Fault($"tensor '{name}' needs exactly dtype (a string), shape and data_offsets (arrays).");
        }

        if (TypeOf(dtype.GetString()!) is not { } type)
        {
            throw Fault($"tensor '{name}' has the element type '{dtype.GetString()}'. Known: BF16, BOOL, F16, F32, F64, I16, I32, I64, I8, U8.");
        }

        long[] sizes = Numbers(name, "shape", shape);
        long[] range = Numbers(name, "data_offsets", offsets);
        if (sizes.Length > MaxRank || range.Length != 2)
        {
            throw Fault($"tensor '{name}' needs at most {MaxRank} sizes and exactly two data_offsets.");
        }

        Int128 bytes = type.Size; // a product of 64-bit sizes is checked after each factor, so it never wraps
        foreach (long size in sizes)
        {
            bytes *= size;
            if (bytes > long.MaxValue)
            {
                throw Fault($"tensor '{name}' of shape [{string.Join(" × ", sizes)}] is too large.");
            }
        }

        return range[1] >= range[0] && bytes == range[1] - range[0]
            ? new SafeTensorEntry(name, type.Type, sizes, range[0], range[1] - range[0])
            : throw Fault($"tensor '{name}' of shape [{string.Join(" × ", sizes)}] needs {bytes} bytes, but its data_offsets are {range[0]} to {range[1]}.");
    }

    private long[] Numbers(string name, string key, JsonElement array)
    {
        long[] numbers = new long[array.GetArrayLength()];
        for (int i = 0; i < numbers.Length; i++)
        {
            JsonElement item = array[i];
            numbers[i] = item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long number) && number >= 0
                ? number
                : throw Fault(string.Create(CultureInfo.InvariantCulture, $"tensor '{name}' has {key}[{i}] = {item.GetRawText()}; a whole number from 0 is expected."));
        }

        return numbers;
    }

    private void CheckLayout(long available)
    {
        long position = 0;
        foreach (SafeTensorEntry entry in _entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.Length))
        {
            if (entry.Start != position)
            {
                throw Fault($"tensor '{entry.Name}' starts at byte {entry.Start} of the data, but the one before ends at {position}.");
            }

            position = entry.Start + entry.Length;
            if (position > available)
            {
                throw Fault($"tensor '{entry.Name}' ends at byte {position} of the data, but the file holds {available}: it is cut short.");
            }
        }

        if (position != available)
        {
            throw Fault($"the tensors end at byte {position} of the data, but the file holds {available}.");
        }
    }

    private SafeTensorsException Fault(string fault) => new(_path, fault);
}
