using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Web.Contracts;

namespace NasEngine.Web.Endpoints;

/// <summary>Reads what requests say about pages of lists.</summary>
internal static class Paging
{
    /// <summary>Reads how many entries are wanted.</summary>
    public static int Limit(int? limit, int most = Listed<object>.MaxLimit, int fallback = Listed<object>.DefaultLimit) => limit switch
    {
        null => fallback,
        int count when count >= 1 && count <= most => count,
        _ => throw new UsageException($"limit is a whole number from 1 to {most}."),
    };

    /// <summary>Writes a place in a list as a cursor.</summary>
    public static string Cursor(params ReadOnlySpan<string> parts) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', parts!))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Reads a cursor.</summary>
    /// <returns>Its parts, or <see langword="null"/> if none was given.</returns>
    /// <exception cref="UsageException">It is not one of ours.</exception>
    public static string[]? Parts(string? cursor, int count)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        try
        {
            string padded = cursor.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (cursor.Length % 4)) % 4);
            string[] parts = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(padded)).Split('\n');
            if (parts.Length == count && !parts.Any(part => part.Contains('\0', StringComparison.Ordinal)))
            {
                return parts;
            }
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new UsageException("cursor is not one that this list gave.", problem);
        }

        throw new UsageException("cursor is not one that this list gave.");
    }

    /// <summary>Checks a text of a query that is looked for in the store.</summary>
    /// <exception cref="UsageException">It is too long, or holds a zero character, which no stored text does.</exception>
    public static string? Text(string? text, string name)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text.Length <= 200 && !text.Contains('\0', StringComparison.Ordinal) && IsWellFormed(text) ? text : throw new UsageException($"{name} is a text of at most 200 characters.");
    }

    // A lone half of a surrogate pair cannot be written as UTF-8.
    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(static rune => rune.Value != Rune.ReplacementChar.Value);
}
