namespace NasEngine.Core.Artefacts;

/// <summary>Keeps files by the digest of their content, so that what one machine made reaches the others.</summary>
public interface IBlobStore
{
    /// <summary>Keeps a file's content; content that is there already is kept once.</summary>
    /// <returns>Its SHA-256, lower-case hexadecimal.</returns>
    Task<string> PutAsync(string path, CancellationToken cancellationToken);

    /// <summary>Writes content to a file, checked; an existing one is replaced in one go.</summary>
    /// <returns><see langword="false"/> if there is no such content.</returns>
    Task<bool> TryGetAsync(string sha256, string destinationPath, CancellationToken cancellationToken);
}
