using NasEngine.Core.Errors;

namespace NasEngine.Core.Devices.Remote;

/// <summary>What an agent says about itself when it comes.</summary>
public sealed record DeviceAttachment
{
    /// <summary>The longest <see cref="Name"/> and <see cref="Instance"/>: 64 characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Gets the name under which experiments ask for the device; see <see cref="RequireName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how the device is reached.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Gets what tells this installation of an agent from another with the same name: the newest of one instance replaces an older one at once.</summary>
    public required string Instance { get; init; }

    /// <summary>Gets when this agent started, by its own clock: of two agents of one instance the later one counts.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets what latencies depend on.</summary>
    public required DeviceFingerprint Fingerprint { get; init; }

    /// <summary>Checks a device's name: a letter or digit, then up to 63 letters, digits, dots, hyphens or underscores of ASCII.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name.</returns>
    /// <exception cref="UsageException">It has another form.</exception>
    public static string RequireName(string? name) =>
        IsName(name)
            ? name!
            : throw new UsageException(
                $"A device's name must have 1 to {MaxNameLength} letters, digits, '.', '-' or '_' and begin with a letter or digit, got '{Shorten(name)}'.");

    private static bool IsName(string? name) =>
        name is { Length: >= 1 and <= MaxNameLength } && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static string Shorten(string? name) =>
        new([.. (name ?? string.Empty).Take(MaxNameLength).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
