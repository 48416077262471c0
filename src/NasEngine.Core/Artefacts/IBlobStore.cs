using NasEngine.Core.Errors;

namespace NasEngine.Core.Artefacts;

/// <summary>Keeps files by the digest of their content, so that checkpoints and models reach every machine that works on a run.</summary>
/// <remarks>
/// Thread-safe, also between processes. A file is there whole or not at all, and what is given back has the digest that was asked for:
/// damaged content raises <see cref="DamagedFileException"/>. Digests are SHA-256 in lower-case hexadecimal; anything else is an argument error,
/// so that a digest from outside never names a path.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Keeps a file's content; content that is there already is kept once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the work; nothing is kept then.</param>
    /// <returns>The digest of what was kept.</returns>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    Task<string> PutAsync(string path, CancellationToken cancellationToken);

    /// <summary>Writes content to a file, which appears whole, in place of one that may be there.</summary>
    /// <param name="sha256">The digest.</param>
    /// <param name="destinationPath">The file; its folder is made.</param>
    /// <param name="cancellationToken">Stops the work; no file appears then.</param>
    /// <returns>Whether the content is there.</returns>
    /// <exception cref="DamagedFileException">The content has another digest by now. Putting it again heals it.</exception>
    Task<bool> TryGetAsync(string sha256, string destinationPath, CancellationToken cancellationToken);

    /// <summary>Gives the length of content in bytes, or <see langword="null"/> if it is not there.</summary>
    Task<long?> FindAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>Lists what is there, by digest.</summary>
    Task<IReadOnlyList<Blob>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes content; what is not there is ignored.</summary>
    Task RemoveAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>Removes content that was last put before an instant.</summary>
    /// <returns>Whether it was there and was removed.</returns>
    Task<bool> RemoveAsync(string sha256, DateTimeOffset before, CancellationToken cancellationToken);
}
