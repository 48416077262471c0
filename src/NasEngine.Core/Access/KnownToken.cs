using System.Security.Cryptography;
using System.Text;

namespace NasEngine.Core.Access;

/// <summary>A token that services take. The token itself is not kept.</summary>
/// <param name="Id">A short name for people: the first digits of the digest.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Sha256">The SHA-256 digest of the token.</param>
/// <param name="Note">What it was made for; may be empty.</param>
/// <param name="CreatedAt">When it was made; <see langword="null"/> if it was given from outside.</param>
public sealed record KnownToken(string Id, TokenRole Role, ReadOnlyMemory<byte> Sha256, string Note, DateTimeOffset? CreatedAt)
{
    /// <summary>The least length of a token that a person chose: shorter ones can be guessed.</summary>
    public const int MinLength = 16;

    /// <summary>The greatest length of a token: what is longer is not looked at.</summary>
    public const int MaxLength = 512;

    /// <summary>Gets when it was last used, to the minute; <see langword="null"/> if it never was, or that is not known.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Makes what is kept of a token.</summary>
    public static KnownToken Of(string token, TokenRole role, string note, DateTimeOffset? createdAt)
    {
        byte[] digest = Digest(token);
        return new KnownToken(Convert.ToHexStringLower(digest)[..12], role, digest, note, createdAt);
    }

    /// <summary>Draws a new token of 256 random bits.</summary>
    public static string Draw(TokenRole role) => $"nas_{role.Name()[0]}_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";

    /// <summary>Finds the token that was presented. Takes the same time whichever it is, and whether or not there is one.</summary>
    public static KnownToken? Find(IEnumerable<KnownToken> tokens, string presented)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(presented);
        if (presented.Length is 0 or > MaxLength)
        {
            return null;
        }

        byte[] digest = Digest(presented);
        KnownToken? found = null;
        foreach (KnownToken token in tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(token.Sha256.Span, digest))
            {
                found = token;
            }
        }

        return found;
    }

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
