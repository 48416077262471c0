using System.Text;

namespace NasEngine.Core.Machine;

/// <summary>Writes files that others may read at any moment: what they find under the name is the file before or the file after, never a part.</summary>
/// <remarks>Written beside it under another name and moved, on one file system. Thread-safe; of several writers the last one stays.</remarks>
public static class WholeFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes text in UTF-8. The folder is made.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes. The folder is made.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds then.</param>
    /// <param name="ownerOnly">Whether nobody but its owner may read it, from the beginning on.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool ownerOnly = false)
    {
        string unfinished = BesideOf(path);
        try
        {
            using (FileStream file = Create(unfinished, ownerOnly))
            {
                file.Write(content);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Writes what comes in pieces. The folder is made.</summary>
    /// <param name="path">The file; it stays as it is if the writing fails.</param>
    /// <param name="write">Writes the pieces.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string unfinished = BesideOf(path);
        try
        {
            FileStream file = Create(unfinished, ownerOnly: false);
            await using (file.ConfigureAwait(false))
            {
                await write(file).ConfigureAwait(false);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static string BesideOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
    }

    private static FileStream Create(string path, bool ownerOnly)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
