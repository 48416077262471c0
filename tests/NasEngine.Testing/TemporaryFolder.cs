namespace NasEngine.Testing;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Gets the path of the folder.</summary>
    public string FullName { get; } = Directory.CreateTempSubdirectory("nas-test-").FullName;

    /// <summary>Gives the path of something in the folder.</summary>
    public string PathOf(string file) => Path.Combine(FullName, file);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
