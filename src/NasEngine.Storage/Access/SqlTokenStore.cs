using Dapper;
using NasEngine.Core.Access;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Access;

/// <summary>Keeps tokens in a database.</summary>
/// <param name="database">The database.</param>
/// <param name="file">Its file, if it is one: nobody but its owner reads or writes it from the first token on.</param>
internal sealed class SqlTokenStore(SqlDatabase database, string? file) : ITokenStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KnownToken>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT id, role, sha256, note, created_at, last_used_at FROM tokens WHERE is_removed = 0 ORDER BY created_at, id", null, Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task AddAsync(IReadOnlyList<KnownToken> tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Close();
        return database.ExecuteAsync(
            """
            INSERT INTO tokens (id, role, sha256, note, created_at, is_removed) VALUES (@Id, @role, @sha256, @Note, @created, 0) ON CONFLICT (id) DO NOTHING
            """,
            tokens.Select(token => new { token.Id, role = token.Role.Name(), sha256 = Convert.ToHexStringLower(token.Sha256.Span), token.Note, created = SqlRow.Format(token.CreatedAt) }).ToList(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync("UPDATE tokens SET is_removed = 1, sha256 = '', note = '' WHERE id = @id AND is_removed = 0", new { id }, cancellationToken).ConfigureAwait(false) > 0;

    /// <inheritdoc/>
    public Task NoteUseAsync(IReadOnlyDictionary<string, DateTimeOffset> lastUse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lastUse);
        return database.ExecuteAsync(
            "UPDATE tokens SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)",
            lastUse.OrderBy(use => use.Key, StringComparer.Ordinal).Select(use => new { id = use.Key, at = SqlRow.Format(use.Value) }).ToList(), cancellationToken);
    }

    private static KnownToken Read(SqlRow row) => new(row.Text(0), Role(row), Digest(row), row.Text(3), row.InstantOrNull(4)) { LastUsedAt = row.InstantOrNull(5) };

    private static TokenRole Role(SqlRow row) => TokenRoles.Names.Contains(row.Text(1)) ? TokenRoles.Parse(row.Text(1)) : throw row.Damaged(1, "is no role");

    private static byte[] Digest(SqlRow row) => Blobs.BlobFile.IsDigest(row.Text(2)) ? Convert.FromHexString(row.Text(2)) : throw row.Damaged(2, "is no digest");

    // Who may write to the file could add a token of his own.
    private void Close()
    {
        if (file is null || OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (string part in (string[])[file, file + "-wal", file + "-shm"])
        {
            if (File.Exists(part) && (File.GetUnixFileMode(part) & ~OwnerOnly) != 0)
            {
                try
                {
                    File.SetUnixFileMode(part, OwnerOnly);
                }
                catch (UnauthorizedAccessException problem)
                {
                    throw new UsageException($"Tokens are kept where nobody else can read or write, but {part} belongs to another user. Make the token as that user.", problem);
                }
            }
        }
    }
}
