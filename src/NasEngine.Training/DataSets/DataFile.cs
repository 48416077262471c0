using NasEngine.Core.Errors;

namespace NasEngine.Training.DataSets;

/// <summary>Opens and reads the files of data sets, and turns what the system reports into errors for the user.</summary>
internal static class DataFile
{
    /// <summary>The most bytes that a deflated byte can stand for: 258 bytes from 2 bits, rounded up.</summary>
    public const int LargestInflation = 1032;

    public static DamagedFileException Damaged(string path, string problem, Exception? inner = null) =>
        new(path, problem, "Get or write the file again.", inner);

    public static FileStream Open(string path) => Guard(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));

    /// <summary>Reads a whole file of at most <paramref name="limit"/> bytes.</summary>
    public static byte[] ReadAll(string path, long limit)
    {
        using FileStream file = Open(path);
        if (file.Length > limit)
        {
            throw Damaged(path, $"The file has {file.Length} bytes, more than the {limit} that such a file can have.");
        }

        byte[] content = new byte[file.Length];
        Fill(file, content, path);
        return content;
    }

    /// <summary>Reads the lines of a small text file, without empty ones.</summary>
    public static string[] ReadLines(string path) =>
        [.. System.Text.Encoding.UTF8.GetString(ReadAll(path, 1 << 20)).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>Fills a buffer; a stream that ends early or that does not unpack is a damaged file.</summary>
    public static void Fill(Stream stream, Span<byte> buffer, string path)
    {
        int done = ReadUpTo(stream, buffer, path);
        if (done < buffer.Length)
        {
            throw Damaged(path, $"The content ends after {done} of {buffer.Length} bytes.");
        }
    }

    /// <summary>Fails if the stream goes on; reading to the end also checks the sums of compressed content.</summary>
    public static void RequireEnd(Stream stream, string path)
    {
        if (ReadUpTo(stream, stackalloc byte[1], path) > 0)
        {
            throw Damaged(path, "The content goes on after the end that its header names.");
        }
    }

    public static T Guard<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{path} does not exist.", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {problem.Message}", problem);
        }
    }

    private static int ReadUpTo(Stream stream, Span<byte> buffer, string path)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            throw Damaged(path, $"The content does not unpack: {problem.Message}", problem);
        }
    }
}
