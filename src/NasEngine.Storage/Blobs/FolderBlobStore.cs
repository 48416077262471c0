using NasEngine.Core.Artefacts;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Blobs;

/// <summary>Keeps content as files in a folder, named by their digests. The folder may be shared over a network.</summary>
/// <remarks>A file was last written when its content was last put.</remarks>
internal sealed class FolderBlobStore(string folder, TimeProvider time) : IBlobStore
{
    private const int PrefixLength = 2;

    /// <inheritdoc/>
    public async Task<string> PutAsync(string path, CancellationToken cancellationToken)
    {
        string sha256 = await BlobFile.DigestAsync(path, cancellationToken).ConfigureAwait(false);
        FileStream source = BlobFile.OpenSource(path);
        await using (source.ConfigureAwait(false))
        {
            FileInfo kept = new(PathOf(sha256));
            if (kept.Exists && kept.Length == source.Length && Touch(kept.FullName))
            {
                return sha256;
            }

            return await GuardAsync(() => BlobFile.WriteAsync(sha256, kept.FullName, target => source.CopyToAsync(target, BlobFile.PieceBytes, cancellationToken))).ConfigureAwait(false)
                ? sha256
                : throw new WorkFailedException($"{path} changed while it was read. Start again once it is written.");
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryGetAsync(string sha256, string destinationPath, CancellationToken cancellationToken)
    {
        BlobFile.RequireDigest(sha256);
        ArgumentException.ThrowIfNullOrWhiteSpace(destinationPath);
        string path = PathOf(sha256);
        if (!File.Exists(path))
        {
            return false;
        }

        bool whole;
        FileStream source = BlobFile.OpenSource(path);
        await using (source.ConfigureAwait(false))
        {
            whole = await GuardAsync(
                () => BlobFile.WriteAsync(sha256, destinationPath, target => source.CopyToAsync(target, BlobFile.PieceBytes, cancellationToken))).ConfigureAwait(false);
        }

        if (!whole)
        {
            File.Move(path, path + ".damaged", overwrite: true); // so that putting the content again heals it
            throw new DamagedFileException(path, "the content does not have the digest that the file is named by.", "It was set aside; run the step that made it again.");
        }

        return true;
    }

    /// <inheritdoc/>
    public Task<long?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        BlobFile.RequireDigest(sha256);
        FileInfo kept = new(PathOf(sha256));
        return Task.FromResult<long?>(kept.Exists ? kept.Length : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Blob>> ListAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyList<Blob>>(
        () => Directory.Exists(folder)
            ? [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => BlobFile.IsDigest(file.Name))
                .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => new Blob(file.Name, file.Length))]
            : [],
        cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string sha256, CancellationToken cancellationToken)
    {
        BlobFile.RequireDigest(sha256);
        if (File.Exists(PathOf(sha256)))
        {
            File.Delete(PathOf(sha256));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string sha256, DateTimeOffset before, CancellationToken cancellationToken)
    {
        BlobFile.RequireDigest(sha256);
        FileInfo kept = new(PathOf(sha256));
        bool remove = kept.Exists && kept.LastWriteTimeUtc < before.UtcDateTime;
        if (remove)
        {
            kept.Delete();
        }

        return Task.FromResult(remove);
    }

    private bool Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false; // removed at this moment: it is put again
        }
    }

    private static async Task<bool> GuardAsync(Func<Task<bool>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new WorkFailedException($"A file cannot be written: {problem.Message} Free some space or change the permissions, then start again.", problem);
        }
    }

    private string PathOf(string sha256) => Path.Combine(folder, sha256[..PrefixLength], sha256);
}
