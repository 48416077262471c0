using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NasEngine.Core.Search;

namespace NasEngine.Storage.Runs;

/// <summary>Metrics as a JSON object of numbers, keys sorted; <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c> stand as text. Values come back bit for bit.</summary>
internal static class MetricsDocument
{
    private const int StackBytes = 1024;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes documents one after the other into buffers that are used again.</summary>
    internal sealed class Writer : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(512);
        private readonly Utf8JsonWriter _json;

        public Writer() => _json = new Utf8JsonWriter(_buffer, WriterOptions);

        /// <summary>Gives the document of some metrics.</summary>
        public string Write(MetricSet metrics) => Encoding.UTF8.GetString(WriteUtf8(metrics));

        /// <summary>Gives the document of some metrics as UTF-8; it lasts until the next one is written.</summary>
        public ReadOnlySpan<byte> WriteUtf8(MetricSet metrics)
        {
            _buffer.ResetWrittenCount();
            _json.Reset();
            _json.WriteStartObject();
            foreach ((string key, double value) in metrics)
            {
                if (double.IsFinite(value))
                {
                    _json.WriteNumber(key, value);
                }
                else
                {
                    _json.WriteString(key, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
                }
            }

            _json.WriteEndObject();
            _json.Flush();
            return _buffer.WrittenSpan;
        }

        public void Dispose() => _json.Dispose();
    }

    /// <summary>Reads documents one after the other. Those of a stage mostly have the same keys, whose texts are made once.</summary>
    internal sealed class Reader
    {
        private readonly List<KeyValuePair<string, double>> _values = [];
        private byte[] _utf8 = new byte[StackBytes];

        /// <summary>Reads a document; <see langword="null"/> if it is none.</summary>
        public MetricSet? TryRead(string document)
        {
            int longest = Encoding.UTF8.GetMaxByteCount(document.Length);
            if (longest > _utf8.Length)
            {
                _utf8 = new byte[longest];
            }

            try
            {
                Utf8JsonReader reader = new(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(document, _utf8)));
                Start(ref reader);
                int count = 0;
                for (; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; count++)
                {
                    string? known = count < _values.Count ? _values[count].Key : null;
                    string key = known is not null && reader.ValueTextEquals(known) ? known : reader.GetString()!;
                    CollectionsMarshal.SetCount(_values, Math.Max(_values.Count, count + 1));
                    _values[count] = KeyValuePair.Create(key, ReadNumber(ref reader));
                }

                CollectionsMarshal.SetCount(_values, count);
                return reader.Read() ? null : new MetricSet(_values); // reading on makes sure that nothing follows
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>Reads some values; <see langword="null"/> for those that are absent or NaN.</summary>
    /// <param name="document">The document.</param>
    /// <param name="keys">The keys, UTF-8.</param>
    /// <param name="values">As many values.</param>
    /// <returns>Whether the document is one.</returns>
    public static bool TryReadValues(string document, byte[][] keys, Span<double?> values)
    {
        values.Clear();
        int longest = Encoding.UTF8.GetMaxByteCount(document.Length);
        byte[]? rented = longest > StackBytes ? ArrayPool<byte>.Shared.Rent(longest) : null;
        Span<byte> buffer = rented ?? stackalloc byte[StackBytes];
        try
        {
            Utf8JsonReader reader = new(buffer[..Encoding.UTF8.GetBytes(document, buffer)]);
            Start(ref reader);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int key = 0;
                while (key < keys.Length && !reader.ValueTextEquals(keys[key]))
                {
                    key++;
                }

                double number = ReadNumber(ref reader);
                if (key < keys.Length)
                {
                    values[key] = double.IsNaN(number) ? null : number;
                }
            }

            return !reader.Read(); // reading on makes sure that nothing follows
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static void Start(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }
    }

    private static double ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDouble(out double value) => value,
            JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
            JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
            JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
            _ => throw new JsonException(),
        };
    }
}
