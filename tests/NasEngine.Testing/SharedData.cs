namespace NasEngine.Testing;

/// <summary>Finds data that is too large, or not ours, to lie in the repository.</summary>
public static class SharedData
{
    /// <summary>Gives the path of a file or folder of the data folder; where it is absent the running test is ignored, with a message.</summary>
    /// <param name="relativePath">The path in the folder that <c>NAS_DATA_DIR</c> names; without that, in <c>../shared/data</c> beside the repository.</param>
    public static string FindOrIgnore(string relativePath)
    {
        string folder = Environment.GetEnvironmentVariable("NAS_DATA_DIR") ?? Path.Combine(RepositoryRoot(), "..", "shared", "data");
        string path = Path.GetFullPath(Path.Combine(folder, relativePath));
        if (!Path.Exists(path))
        {
            Assert.Ignore($"{path} is absent; NAS_DATA_DIR can name the folder of the data.");
        }

        return path;
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "NasEngine.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the repository.");
    }
}
