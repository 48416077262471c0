namespace NasEngine.Core.Access;

/// <summary>Keeps who may use the services of a store: digests of tokens, never tokens.</summary>
/// <remarks>Thread-safe. What one process adds or removes counts for every other at its next look. An exported store has none of it.</remarks>
public interface ITokenStore
{
    /// <summary>Lists the tokens in the order they were made.</summary>
    Task<IReadOnlyList<KnownToken>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds tokens; one that is known, or that was removed, is ignored.</summary>
    Task AddAsync(IReadOnlyList<KnownToken> tokens, CancellationToken cancellationToken);

    /// <summary>Removes a token for good.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Notes when tokens were last used; an earlier moment than the one known, and tokens that are not known, are ignored.</summary>
    Task NoteUseAsync(IReadOnlyDictionary<string, DateTimeOffset> lastUse, CancellationToken cancellationToken);
}
