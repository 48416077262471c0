using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Transfer;

/// <summary>The file of an exported store: JSON lines, compressed with gzip.</summary>
internal static class TransferFormat
{
    /// <summary>The version that this program writes.</summary>
    public const int Version = 2;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes a line.</summary>
    public static void Write(Stream stream, TransferLine line)
    {
        JsonSerializer.Serialize(stream, line, Options);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads the lines between the first and the last, and checks that all are there.</summary>
    /// <exception cref="UsageException">The file cannot be read, or was written by a newer version.</exception>
    /// <exception cref="DamagedFileException">It is no such file, or was cut short or altered.</exception>
    public static IEnumerable<TransferLine> Read(string path)
    {
        using FileStream file = Open(path);
        using GZipStream packed = new(file, CompressionMode.Decompress);
        using StreamReader lines = new(packed);
        long count = 0;
        while (ReadLine(lines, path) is string text)
        {
            TransferLine line = Parse(text, path, count + 1);
            switch (line)
            {
                case HeaderLine when count > 0:
                    throw Damaged(path, "its first line stands twice.");
                case HeaderLine { Version: > Version } header:
                    throw new UsageException(FormattableString.Invariant($"{path} was written by a newer version: its format is {header.Version}, this version knows up to {Version}. Update, then import it."));
                case HeaderLine:
                    break;
                case var _ when count == 0:
                    throw Damaged(path, "this is not an exported store.");
                case EndLine end:
                    if (end.Lines != count || ReadLine(lines, path) is not null)
                    {
                        throw Damaged(path, FormattableString.Invariant($"it ends with line {count + 1}, but should have {end.Lines + 1}."));
                    }

                    yield break;
                default:
                    yield return line;
                    break;
            }

            count++;
        }

        throw Damaged(path, count == 0 ? "it is empty." : FormattableString.Invariant($"it was cut short after line {count}."));
    }

    /// <summary>Creates the error for a file that is damaged.</summary>
    public static DamagedFileException Damaged(string path, string problem, Exception? inner = null) => new(path, problem, "Nothing was imported. Export the store again.", inner);

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be read: {problem.Message}", problem);
        }
    }

    private static string? ReadLine(StreamReader lines, string path)
    {
        try
        {
            return lines.ReadLine();
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(path, "this is not an exported store, or it was altered.", problem);
        }
    }

    private static TransferLine Parse(string text, string path, long number)
    {
        try
        {
            return JsonSerializer.Deserialize<TransferLine>(text, Options) ?? throw new JsonException();
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException or FormatException)
        {
            throw Damaged(path, FormattableString.Invariant($"line {number} is none of an exported store."), problem);
        }
    }
}
