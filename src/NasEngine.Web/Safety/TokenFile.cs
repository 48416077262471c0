using System.Text.Json;
using NasEngine.Core.Access;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Reads <c>tokens.json</c> of the data folder, in which earlier versions kept the tokens that were made.</summary>
internal static class TokenFile
{
    /// <summary>Reads the tokens; none if there is no file.</summary>
    /// <exception cref="DamagedFileException">The file cannot be read as tokens.</exception>
    public static IReadOnlyList<KnownToken> Read(string folder)
    {
        string path = Path.Combine(folder, "tokens.json");
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            Content content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), JsonSerializerOptions.Web) ?? throw new JsonException("null");
            return [.. content.Tokens.Select(entry => new KnownToken(entry.Id, TokenRoles.Parse(entry.Role), Convert.FromHexString(entry.Sha256), entry.Note, entry.CreatedAt))];
        }
        catch (Exception problem) when (problem is JsonException or FormatException or ArgumentException or NullReferenceException or UsageException)
        {
            throw new DamagedFileException(path, "the file holds no tokens.", "Remove it, and make tokens anew with 'nas token create'.", problem);
        }
    }

    private sealed record Content(IReadOnlyList<Entry> Tokens);

    private sealed record Entry(string Id, string Role, string Sha256, string Note, DateTimeOffset? CreatedAt);
}
