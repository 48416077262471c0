using NasEngine.Core.Access;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Knows every token that the service takes: those of the store, made with <c>nas token create</c>, those of a file, those of the environment.</summary>
/// <remarks>Thread-safe. The store is asked each time, so that a token that any process makes or removes counts at once.</remarks>
internal sealed class TokenRegistry
{
    private readonly IssuedTokens _issued;
    private readonly IReadOnlyList<KnownToken> _given;

    public TokenRegistry(IssuedTokens issued, ServerOptions options)
    {
        _issued = issued;
        _given = [.. FromFile(options.TokenFile), .. FromText(options.Tokens)];
    }

    /// <summary>Gives the tokens.</summary>
    public async Task<IReadOnlyList<KnownToken>> ListAsync(CancellationToken cancellationToken) =>
        [.. await _issued.ListAsync(cancellationToken).ConfigureAwait(false), .. _given];

    /// <summary>Says whether any token was made for people: then nobody comes in without one. Tokens of devices alone leave a service on loopback open.</summary>
    public async Task<bool> HasAnyForPeopleAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).Any(token => token.Role != TokenRole.Device);

    /// <summary>Finds the token that was presented.</summary>
    public async Task<KnownToken?> FindAsync(string presented, CancellationToken cancellationToken) =>
        KnownToken.Find(await ListAsync(cancellationToken).ConfigureAwait(false), presented);

    private static IEnumerable<KnownToken> FromFile(string? path)
    {
        if (path is null)
        {
            return [];
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"There is no token file '{path}'.");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            throw new UsageException($"The token file {path} can be read or written by others. Run: chmod 600 {path}");
        }

        return [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
            .Select((line, index) => Parse(line, ' ', FormattableString.Invariant($"{path}, token {index + 1}")))];
    }

    private static IEnumerable<KnownToken> FromText(string? text) =>
        [.. (text ?? string.Empty).Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select((entry, index) => Parse(entry, ':', FormattableString.Invariant($"NAS_TOKENS, token {index + 1}")))];

    // The message must not show the token.
    private static KnownToken Parse(string entry, char separator, string place)
    {
        string[] parts = entry.Split(separator, 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !TokenRoles.Names.Contains(parts[0]))
        {
            throw new UsageException($"{place}: a role ({string.Join(", ", TokenRoles.Names)}), '{separator}' and a token are expected.");
        }

        return parts[1].Length is >= KnownToken.MinLength and <= KnownToken.MaxLength
            ? KnownToken.Of(parts[1], TokenRoles.Parse(parts[0]), place, null)
            : throw new UsageException($"{place}: a token has {KnownToken.MinLength} to {KnownToken.MaxLength} characters. Make one with 'nas token create'.");
    }
}
