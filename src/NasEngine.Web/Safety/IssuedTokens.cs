using NasEngine.Core.Access;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Makes, lists and removes the tokens of a store; they count on every service of the store at once.</summary>
/// <remarks>Thread-safe, also between processes.</remarks>
public sealed class IssuedTokens
{
    private readonly ITokenStore _store;
    private readonly TimeProvider _time;

    private IssuedTokens(ITokenStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>Opens the tokens of a store.</summary>
    /// <remarks>What an earlier version kept in <c>tokens.json</c> of the data folder is taken over. The file stays: tokens of it that were removed since do not come back.</remarks>
    /// <param name="store">Where they are kept.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DamagedFileException">There is such a file, but it cannot be read as tokens.</exception>
    public static async Task<IssuedTokens> OpenAsync(ITokenStore store, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        IReadOnlyList<KnownToken> earlier = TokenFile.Read(folder);
        if (earlier.Count > 0)
        {
            await store.AddAsync(earlier, cancellationToken).ConfigureAwait(false);
        }

        return new IssuedTokens(store, time);
    }

    /// <summary>Makes a token and keeps its digest.</summary>
    /// <returns>The token, which is not shown again.</returns>
    public async Task<(string Token, KnownToken Known)> CreateAsync(TokenRole role, string note, CancellationToken cancellationToken)
    {
        string token = KnownToken.Draw(role);
        KnownToken known = KnownToken.Of(token, role, note, _time.GetUtcNow());
        await _store.AddAsync([known], cancellationToken).ConfigureAwait(false);
        return (token, known);
    }

    /// <summary>Removes a token.</summary>
    /// <exception cref="UsageException">There is no such token.</exception>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (!await _store.RemoveAsync(id, cancellationToken).ConfigureAwait(false))
        {
            throw new UsageException($"There is no token '{id}'. See 'nas token list'.");
        }
    }

    /// <summary>Lists the tokens in the order they were made.</summary>
    public Task<IReadOnlyList<KnownToken>> ListAsync(CancellationToken cancellationToken) => _store.ListAsync(cancellationToken);

    /// <summary>Notes when tokens were last used.</summary>
    internal Task NoteUseAsync(IReadOnlyDictionary<string, DateTimeOffset> lastUse, CancellationToken cancellationToken) => _store.NoteUseAsync(lastUse, cancellationToken);
}
