using System.Runtime.CompilerServices;

namespace NasEngine.Testing;

/// <summary>Finds files of the repository from a test, wherever the test was built to.</summary>
public static class RepositoryFiles
{
    /// <summary>Gets the repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gives the full path of a file or folder.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
