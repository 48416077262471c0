using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using NasEngine.Core.Artefacts;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Blobs;

/// <summary>Keeps content in tables, in pieces of 1 MiB, each file in one transaction.</summary>
internal sealed class SqlBlobStore(SqlDatabase database, TimeProvider time) : IBlobStore
{
    /// <inheritdoc/>
    public async Task<string> PutAsync(string path, CancellationToken cancellationToken)
    {
        string sha256 = await BlobFile.DigestAsync(path, cancellationToken).ConfigureAwait(false);
        string now = SqlRow.Format(time.GetUtcNow());
        await database.WriteAsync((connection, transaction) => Put(connection, transaction, path, sha256, now, cancellationToken), cancellationToken).ConfigureAwait(false);
        return sha256;
    }

    /// <inheritdoc/>
    public async Task<bool> TryGetAsync(string sha256, string destinationPath, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(destinationPath);
        if (await FindAsync(sha256, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        bool whole = await BlobFile.WriteAsync(
            sha256, destinationPath,
            target => database.ReadAsync(
                "SELECT content FROM blob_pieces WHERE sha256 = @sha256 ORDER BY place", new { sha256 },
                row =>
                {
                    target.Write(row.Bytes(0));
                    return true;
                },
                cancellationToken)).ConfigureAwait(false);
        if (!whole && await FindAsync(sha256, cancellationToken).ConfigureAwait(false) is not null)
        {
            await RemoveAsync(sha256, cancellationToken).ConfigureAwait(false); // so that putting the content again heals it
            throw database.Damaged($"the content kept under {sha256} has another digest; it was removed.");
        }

        return whole;
    }

    /// <inheritdoc/>
    public async Task<long?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        BlobFile.RequireDigest(sha256);
        List<long> found = await database.ReadAsync("SELECT bytes FROM blobs WHERE sha256 = @sha256", new { sha256 }, row => row.Whole(0), cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Blob>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync("SELECT sha256, bytes FROM blobs ORDER BY sha256", null, row => new Blob(row.Text(0), row.Whole(1)), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task RemoveAsync(string sha256, CancellationToken cancellationToken)
    {
        BlobFile.RequireDigest(sha256);
        return database.ExecuteAsync("DELETE FROM blobs WHERE sha256 = @sha256", new { sha256 }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string sha256, DateTimeOffset before, CancellationToken cancellationToken)
    {
        BlobFile.RequireDigest(sha256);
        return await database.ExecuteAsync("DELETE FROM blobs WHERE sha256 = @sha256 AND kept_at < @before", new { sha256, before = SqlRow.Format(before) }, cancellationToken).ConfigureAwait(false) > 0;
    }

    private static void Put(DbConnection connection, DbTransaction transaction, string path, string sha256, string now, CancellationToken cancellationToken)
    {
        using FileStream source = BlobFile.OpenSource(path);
        if (connection.Execute("UPDATE blobs SET kept_at = @now WHERE sha256 = @sha256", new { sha256, now }, transaction) > 0
            || connection.Execute(
                "INSERT INTO blobs (sha256, bytes, kept_at) VALUES (@sha256, @bytes, @now) ON CONFLICT (sha256) DO NOTHING", new { sha256, bytes = source.Length, now }, transaction) == 0)
        {
            return;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BlobFile.PieceBytes];
        for (long place = 0; source.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is int read and > 0; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            byte[] content = read == buffer.Length ? buffer : buffer[..read];
            connection.Execute("INSERT INTO blob_pieces (sha256, place, content) VALUES (@sha256, @place, @content)", new { sha256, place, content }, transaction);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
        {
            throw new WorkFailedException($"{path} changed while it was read. Start again once it is written.");
        }
    }
}
