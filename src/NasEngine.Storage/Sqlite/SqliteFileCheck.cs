using System.Buffers.Binary;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Sqlite;

/// <summary>Looks at a database file before SQLite does: what can be known from its header and its length.</summary>
/// <remarks>Header: https://www.sqlite.org/fileformat.html, section 1.3.</remarks>
internal static class SqliteFileCheck
{
    private const int HeaderBytes = 100;

    /// <summary>Makes the folders of a file that is not there; checks one that is.</summary>
    /// <returns>The file's length in bytes; 0 if it is new.</returns>
    /// <exception cref="UsageException">It is a folder, or may not be read, or its folder cannot be made.</exception>
    /// <exception cref="DamagedFileException">It is no database, or was cut short.</exception>
    public static long Prepare(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new UsageException($"{path} is a folder; the store is a file. Give a file, such as {Path.Combine(path, "nas.db")}.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return File.Exists(path) ? CheckHeader(path) : 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{path} cannot be used as a store: {problem.Message}", problem);
        }
    }

    private static long CheckHeader(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = file.Length;
        if (length == 0)
        {
            return 0;
        }

        int read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (read < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
        {
            throw SqliteErrors.Damaged(path, "this is not a database, or its beginning was overwritten.");
        }

        int stated = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        long pageSize = stated == 1 ? 65_536 : stated;
        long pages = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        bool pagesHold = header.Slice(24, 4).SequenceEqual(header.Slice(92, 4));

        // While a log lies beside the file, pages may still stand there alone: a writer was killed while moving them over.
        bool logged = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
        return !pagesHold || logged || length >= pages * pageSize
            ? length
            : throw SqliteErrors.Damaged(path, FormattableString.Invariant($"the file was cut short: {length} of {pages * pageSize} bytes are there."));
    }
}
