using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace NasEngine.Storage;

/// <summary>Tells whether a text that is kept as JSON is JSON.</summary>
internal static class StoredJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <summary>Says whether a text is one whole JSON document.</summary>
    public static bool IsDocument(string text)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text), Options);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Gives the text back if it is one whole JSON document.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static string Require(string text, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        return IsDocument(text) ? text : throw new ArgumentException("A JSON document is expected.", name);
    }
}
