using System.Security.Cryptography;
using System.Text;

namespace NasEngine.Web.Safety;

/// <summary>A token that the service takes. The token itself is not kept.</summary>
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

    /// <summary>Makes what is kept of a token.</summary>
    public static KnownToken Of(string token, TokenRole role, string note, DateTimeOffset? createdAt)
    {
        byte[] digest = Digest(token);
        return new KnownToken(Convert.ToHexStringLower(digest)[..12], role, digest, note, createdAt);
    }

    /// <summary>Draws a new token of 256 random bits.</summary>
    public static string Draw(TokenRole role) => $"nas_{role.Name()[0]}_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";

    /// <summary>Gives the digest of a token.</summary>
    internal static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
