using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NasEngine.Core.Access;
using NasEngine.Core.Machine;

namespace NasEngine.Web.Safety;

/// <summary>Makes and reads the tickets that browsers hold in a cookie after signing in with a token.</summary>
/// <remarks>
/// A ticket names the token it was given for and when it ends, signed with a key of the data folder: it outlives a restart of the
/// service, and ends at once when its token is removed. Thread-safe.
/// </remarks>
internal sealed class SessionTickets
{
    /// <summary>How long a browser stays signed in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const int KeyBytes = 32;
    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    public SessionTickets(string folder, TimeProvider time)
    {
        _time = time;
        string path = Path.Combine(folder, "session.key");
        byte[] key = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (key.Length != KeyBytes)
        {
            key = RandomNumberGenerator.GetBytes(KeyBytes);
            WholeFile.Write(path, key, ownerOnly: true);
        }

        _key = key;
    }

    /// <summary>Makes a ticket for the holder of a token.</summary>
    public string Create(KnownToken token)
    {
        long ends = (_time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        string payload = string.Create(CultureInfo.InvariantCulture, $"{token.Id}.{ends}.{Text(RandomNumberGenerator.GetBytes(16))}");
        return $"{payload}.{Sign("ticket", payload)}";
    }

    /// <summary>Reads a ticket.</summary>
    /// <returns>The id of its token, or <see langword="null"/> if it is not ours, has ended, or was signed out of.</returns>
    public string? Read(string ticket)
    {
        string[] parts = ticket.Length > 256 ? [] : ticket.Split('.');
        if (parts.Length != 4)
        {
            return null;
        }

        string payload = string.Join('.', parts[..3]);
        bool isOurs = AreEqual(Sign("ticket", payload), parts[3]);
        return isOurs && !_ended.ContainsKey(ticket)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long ends) && ends > _time.GetUtcNow().ToUnixTimeSeconds()
            ? parts[0]
            : null;
    }

    /// <summary>Gives the value that a page must send along when it changes something: a page of another site cannot know it.</summary>
    public string Csrf(string ticket) => Sign("csrf", ticket);

    /// <summary>Makes a ticket end.</summary>
    public void End(string ticket)
    {
        DateTimeOffset now = _time.GetUtcNow();
        foreach ((string old, DateTimeOffset ends) in _ended)
        {
            if (ends < now)
            {
                _ended.TryRemove(old, out _);
            }
        }

        if (Read(ticket) is not null)
        {
            _ended[ticket] = now + Lifetime;
        }
    }

    /// <summary>Compares two texts in a time that does not depend on where they differ.</summary>
    public static bool AreEqual(string first, string second) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(first), Encoding.UTF8.GetBytes(second));

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private string Sign(string purpose, string text) => Text(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{text}")));
}
