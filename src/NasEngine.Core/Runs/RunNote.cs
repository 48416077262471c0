using NasEngine.Core.Errors;

namespace NasEngine.Core.Runs;

/// <summary>What people wrote about a run.</summary>
/// <param name="Text">The text, with <c>\n</c> between lines; empty if there is none.</param>
/// <param name="Version">A number that grows with each change; 0 if nobody has written anything.</param>
/// <param name="ChangedAt">When it was last changed; <see langword="null"/> if nobody has written anything.</param>
public sealed record RunNote(string Text, long Version, DateTimeOffset? ChangedAt)
{
    /// <summary>Gets the most characters (UTF-16) that a note has.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Gets the note of a run that nobody has written about.</summary>
    public static RunNote None { get; } = new(string.Empty, 0, null);

    /// <summary>Gives a text as a note keeps it: line ends are <c>\n</c>, and blanks at its end are gone.</summary>
    /// <exception cref="UsageException">It is too long, or holds what no database keeps: a zero character, half of a surrogate pair.</exception>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string kept = text.ReplaceLineEndings("\n").TrimEnd();
        if (kept.Length > MaxLength)
        {
            throw new UsageException(FormattableString.Invariant($"A note has at most {MaxLength:N0} characters, not {kept.Length:N0}."));
        }

        return kept.Contains('\0', StringComparison.Ordinal) || kept.EnumerateRunes().Any(static rune => rune.Value == 0xFFFD)
            ? throw new UsageException("A note is plain text without zero characters and without broken ones (U+FFFD).")
            : kept;
    }
}
