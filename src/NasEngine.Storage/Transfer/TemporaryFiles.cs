using NasEngine.Core.Errors;

namespace NasEngine.Storage.Transfer;

/// <summary>Files that are gone in the end, in a folder of their own.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private readonly string _folder;
    private int _count;

    private TemporaryFiles(string folder) => _folder = folder;

    /// <summary>Makes the folder below another one, so that moving a file there copies nothing.</summary>
    /// <exception cref="UsageException">Nothing can be written there.</exception>
    public static TemporaryFiles In(string parent)
    {
        string folder = Path.Combine(parent, $".{Guid.NewGuid():N}.part");
        try
        {
            Directory.CreateDirectory(folder);
            return new TemporaryFiles(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{parent} cannot be written to: {problem.Message}", problem);
        }
    }

    /// <summary>Gives the path of a new file.</summary>
    public string NewPath() => Path.Combine(_folder, FormattableString.Invariant($"{_count++}"));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
