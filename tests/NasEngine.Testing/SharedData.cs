namespace NasEngine.Testing;

/// <summary>Finds tables that are too large to keep beside the tests: in the folder NAS_DATA_DIR, else in <c>../shared/data</c> beside the repository.</summary>
public static class SharedData
{
    /// <summary>Gives the path of a file; a test that needs it is ignored where it is not there.</summary>
    public static string FindOrIgnore(string relativePath)
    {
        string? folder = Environment.GetEnvironmentVariable("NAS_DATA_DIR");
        if (string.IsNullOrEmpty(folder))
        {
            DirectoryInfo? directory = new(TestContext.CurrentContext.TestDirectory);
            while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "NasEngine.sln")))
            {
                directory = directory.Parent;
            }

            folder = Path.Combine(directory?.FullName ?? ".", "..", "shared", "data");
        }

        string path = Path.GetFullPath(Path.Combine(folder, relativePath));
        if (!File.Exists(path))
        {
            Assert.Ignore($"There is no {path}: set NAS_DATA_DIR to the folder that holds {relativePath}.");
        }

        return path;
    }
}
