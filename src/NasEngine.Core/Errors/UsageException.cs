namespace NasEngine.Core.Errors;

/// <summary>A request cannot be carried out as it was made: an unknown name, a value out of range, a missing file.</summary>
public sealed class UsageException : NasException
{
    /// <summary>Initializes the error with a message a user can act on.</summary>
    public UsageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Creates the error for a name that no registry knows; the message lists the names that exist.</summary>
    /// <param name="what">What was looked for, such as <c>search algorithm</c>.</param>
    /// <param name="name">The name that is not known.</param>
    /// <param name="known">The names that are.</param>
    public static UsageException UnknownName(string what, string name, IEnumerable<string> known) =>
        new($"There is no {what} '{name}'. Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
}
