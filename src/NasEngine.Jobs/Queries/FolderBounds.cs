namespace NasEngine.Jobs.Queries;

/// <summary>Says whether a path stays within a folder, links included.</summary>
public static class FolderBounds
{
    /// <summary>Says whether a file or folder lies below a folder, wherever links on the way lead.</summary>
    /// <param name="folder">The folder; need not be there.</param>
    /// <param name="path">A full path; what it names need not be there.</param>
    public static bool IsInside(string folder, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return StartsWith(Real(Path.GetFullPath(folder)), Real(Path.GetFullPath(path)));
    }

    private static bool StartsWith(string folder, string path) =>
        path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal) && (folder.EndsWith(Path.DirectorySeparatorChar) || path[folder.Length] == Path.DirectorySeparatorChar);

    // Follows links from the root on; what is not there cannot be a link.
    private static string Real(string path)
    {
        string root = Path.GetPathRoot(path)!, real = root;
        foreach (string part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            FileSystemInfo info = new DirectoryInfo(real);
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is FileSystemInfo target)
            {
                real = target.FullName;
            }
        }

        return real;
    }
}
