using System.Security.Cryptography;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Knows every token that the service takes: those made with <c>nas token create</c>, those of a file, those of the environment.</summary>
/// <remarks>Thread-safe. A token that is made or removed while the service runs counts at once.</remarks>
internal sealed class TokenRegistry
{
    private readonly TokenStore _store;
    private readonly IReadOnlyList<KnownToken> _given;
    private volatile Snapshot _made;

    public TokenRegistry(TokenStore store, ServerOptions options)
    {
        _store = store;
        _given = [.. FromFile(options.TokenFile), .. FromText(options.Tokens)];
        _made = Load();
    }

    /// <summary>Gets the tokens.</summary>
    public IReadOnlyList<KnownToken> All => [.. Current().Tokens, .. _given];

    /// <summary>Gets whether any token was made for people: then nobody comes in without one. Tokens of devices alone leave a service on loopback open.</summary>
    public bool HasTokensForPeople => All.Any(token => token.Role != TokenRole.Device);

    /// <summary>Finds the token that was presented. Takes the same time whichever it is, and whether or not there is one.</summary>
    public KnownToken? Find(string presented)
    {
        if (presented.Length is 0 or > KnownToken.MaxLength)
        {
            return null;
        }

        byte[] digest = KnownToken.Digest(presented);
        KnownToken? found = null;
        foreach (KnownToken token in All)
        {
            if (CryptographicOperations.FixedTimeEquals(token.Sha256.Span, digest))
            {
                found = token;
            }
        }

        return found;
    }

    /// <summary>Finds a token by its id.</summary>
    public KnownToken? FindById(string id) => All.FirstOrDefault(token => token.Id == id);

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

    private Snapshot Current()
    {
        Snapshot known = _made;
        return known.Stamp == _store.Stamp() ? known : _made = Load();
    }

    private Snapshot Load()
    {
        string stamp = _store.Stamp();
        return new Snapshot(stamp, _store.Read());
    }

    private sealed record Snapshot(string Stamp, IReadOnlyList<KnownToken> Tokens);
}
