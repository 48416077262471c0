using System.Text.Json;
using System.Text.Unicode;
using NasEngine.Core.Errors;

namespace NasEngine.Core.Json;

/// <summary>Opens JSON files that users write: strictly, and collecting every fault before anything is thrown.</summary>
public static class StrictJson
{
    private const long MaxBytes = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Reads a file whose root is an object.</summary>
    /// <param name="file">The file, as the user gave it.</param>
    /// <param name="read">Turns the root into a value; faults go into the reader.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="InputFormatException">The file is not JSON, or <paramref name="read"/> found faults; all are listed.</exception>
    public static T ReadFile<T>(string file, Func<JsonObjectReader, T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(file);
        return Read(file, ReadBytes(file), read);
    }

    /// <summary>Reads the bytes of a file, once and from its start to its end: a pipe has them only once, and a device may have no end.</summary>
    /// <param name="file">The file, as the user gave it; at most 16 MiB long.</param>
    /// <exception cref="UsageException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InputFormatException">The file is too long.</exception>
    public static byte[] ReadBytes(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using MemoryStream text = new();
            byte[] buffer = new byte[64 * 1024];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                text.Write(buffer, 0, count);
                if (text.Length > MaxBytes)
                {
                    throw new InputFormatException(file, $"is longer than {MaxBytes} bytes; no more are read.");
                }
            }

            return text.ToArray();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file {file}.", problem);
        }
        catch (ArgumentException problem)
        {
            throw new UsageException($"'{file.Replace('\0', ' ')}' is no path of a file.", problem);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new UsageException($"{file} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Reads a text whose root is an object.</summary>
    /// <param name="file">What to call the text in messages.</param>
    /// <param name="text">UTF-8, with or without a byte order mark.</param>
    /// <param name="read">Turns the root into a value; faults go into the reader.</param>
    public static T Read<T>(string file, ReadOnlyMemory<byte> text, Func<JsonObjectReader, T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        ReadOnlyMemory<byte> body = text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
        if (!Utf8.IsValid(body.Span))
        {
            throw new InputFormatException(file, "is not UTF-8 text.");
        }

        List<InputFault> faults = [];
        T? result = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Options);
            using (Utf8JsonWriter everyText = new(Stream.Null))
            {
                document.RootElement.WriteTo(everyText);
            }

            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new InputFault("$", "an object is expected."));
            }
            else
            {
                JsonObjectReader root = new(document.RootElement, "$", faults);
                result = read(root);
                root.Finish();
            }
        }
        catch (JsonException problem)
        {
            // A key that stands twice is found after parsing, when the place is no longer known.
            string place = problem.LineNumber is long line ? FormattableString.Invariant($"line {line + 1}, byte {problem.BytePositionInLine + 1}: ") : string.Empty;
            throw new InputFormatException(file, $"{place}not JSON: {FirstSentence(problem.Message).Replace(" encountered during deserialization", string.Empty, StringComparison.Ordinal)}");
        }
        catch (InvalidOperationException problem) when (problem.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            // A string with a broken UTF-16 escape is only noticed when it is read, which is why each is.
            throw new InputFormatException(file, $"not JSON: {FirstSentence(problem.Message)}");
        }

        return faults.Count == 0 && result is not null ? result : throw new InputFormatException(file, faults);
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? message : message[..(end + 1)]).ReplaceLineEndings(" ");
    }
}
