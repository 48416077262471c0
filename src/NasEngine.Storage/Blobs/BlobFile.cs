using System.Runtime.CompilerServices;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;

namespace NasEngine.Storage.Blobs;

/// <summary>Reads and writes files for the stores of content: in pieces, with the digest taken on the way.</summary>
internal static class BlobFile
{
    /// <summary>The bytes of one piece.</summary>
    public const int PieceBytes = 1024 * 1024;

    private const int DigestLength = 64;

    /// <summary>Checks that a text is a digest.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void RequireDigest(string sha256, [CallerArgumentExpression(nameof(sha256))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(sha256, name);
        if (!IsDigest(sha256))
        {
            throw new ArgumentException("A SHA-256 digest of 64 lower-case hexadecimal digits is expected.", name);
        }
    }

    /// <summary>Says whether a text is a digest.</summary>
    public static bool IsDigest(string text) => text.Length == DigestLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Opens a file to be kept.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static FileStream OpenSource(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException($"{path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Takes a file's digest.</summary>
    public static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        FileStream source = OpenSource(path);
        await using (source.ConfigureAwait(false))
        {
            return await FileDigest.OfAsync(source, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a file from pieces: written beside it under another name, and moved once its digest is right.</summary>
    /// <param name="sha256">The digest it must have.</param>
    /// <param name="destinationPath">The file; its folder is made.</param>
    /// <param name="write">Writes the pieces.</param>
    /// <returns>Whether what was written has the digest; if not, no file appears.</returns>
    public static async Task<bool> WriteAsync(string sha256, string destinationPath, Func<Stream, Task> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(destinationPath))!;
        Directory.CreateDirectory(folder);
        string part = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
        try
        {
            bool whole;
            DigestStream target = new(new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, PieceBytes));
            await using (target.ConfigureAwait(false))
            {
                await write(target).ConfigureAwait(false);
                whole = await target.FinishAsync().ConfigureAwait(false) == sha256;
            }

            if (whole)
            {
                File.Move(part, destinationPath, overwrite: true);
            }

            return whole;
        }
        finally
        {
            File.Delete(part);
        }
    }
}
