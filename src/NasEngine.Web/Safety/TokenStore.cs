using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;

namespace NasEngine.Web.Safety;

/// <summary>Keeps the tokens that were made here: their digests, in a file that only its owner may read.</summary>
/// <remarks>Thread-safe; other processes may add tokens at the same time.</remarks>
public sealed class TokenStore
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>Initializes the store.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="time">The clock.</param>
    public TokenStore(string folder, TimeProvider time) => (_path, _time) = (Path.Combine(folder, "tokens.json"), time);

    /// <summary>Makes a token and keeps its digest.</summary>
    /// <returns>The token, which is not shown again.</returns>
    public async Task<(string Token, KnownToken Known)> CreateAsync(TokenRole role, string note, CancellationToken cancellationToken)
    {
        string token = KnownToken.Draw(role);
        KnownToken known = KnownToken.Of(token, role, note, _time.GetUtcNow());
        await ChangeAsync(tokens => [.. tokens, known], cancellationToken).ConfigureAwait(false);
        return (token, known);
    }

    /// <summary>Removes a token.</summary>
    /// <exception cref="UsageException">There is no such token.</exception>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        tokens => tokens.Any(token => token.Id == id)
            ? [.. tokens.Where(token => token.Id != id)]
            : throw new UsageException($"There is no token '{id}'. See 'nas token list'."),
        cancellationToken);

    /// <summary>Reads the tokens.</summary>
    /// <exception cref="DamagedFileException">The file cannot be read as tokens.</exception>
    public IReadOnlyList<KnownToken> Read()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        try
        {
            TokenFileContent content = JsonSerializer.Deserialize<TokenFileContent>(File.ReadAllBytes(_path), Format) ?? throw new JsonException("null");
            return [.. content.Tokens.Select(entry => new KnownToken(entry.Id, TokenRoles.Parse(entry.Role), Convert.FromHexString(entry.Sha256), entry.Note, entry.CreatedAt))];
        }
        catch (Exception problem) when (problem is JsonException or FormatException or ArgumentException or NullReferenceException or UsageException)
        {
            throw new DamagedFileException(_path, "the file holds no tokens.", "Remove it, and make tokens anew with 'nas token create'.", problem);
        }
    }

    /// <summary>Gives a text that changes when the file does.</summary>
    internal string Stamp()
    {
        FileInfo file = new(_path);
        return file.Exists ? FormattableString.Invariant($"{file.LastWriteTimeUtc.Ticks} {file.Length}") : string.Empty;
    }

    private async Task ChangeAsync(Func<IReadOnlyList<KnownToken>, IReadOnlyList<KnownToken>> change, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        FileStream alone = await TakeLockAsync(cancellationToken).ConfigureAwait(false);
        await using (alone.ConfigureAwait(false))
        {
            TokenFileContent content = new([.. change(Read()).Select(token => new TokenFileEntry(token.Id, token.Role.Name(), Convert.ToHexStringLower(token.Sha256.Span), token.Note, token.CreatedAt))]);
            WholeFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(content, Format), ownerOnly: true);
        }
    }

    private async Task<FileStream> TakeLockAsync(CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException problem) when (_time.GetElapsedTime(started) > LockPatience)
            {
                throw new WorkFailedException($"Another process is changing {_path}. Try again.", problem);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private sealed record TokenFileContent(IReadOnlyList<TokenFileEntry> Tokens);

    private sealed record TokenFileEntry(string Id, string Role, string Sha256, string Note, DateTimeOffset? CreatedAt);
}
