using NasEngine.Core.Errors;

namespace NasEngine.Core.Access;

/// <summary>What the holder of a token may do.</summary>
public enum TokenRole
{
    /// <summary>Look at everything, change nothing.</summary>
    Viewer,

    /// <summary>Everything that a person can do.</summary>
    Actor,

    /// <summary>Measure as a device, and nothing else.</summary>
    Device,
}

/// <summary>Names of roles, as people write them.</summary>
public static class TokenRoles
{
    /// <summary>Gets the names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["viewer", "actor", "device"];

    /// <summary>Gives the name of a role.</summary>
    public static string Name(this TokenRole role) => Names[(int)role];

    /// <summary>Finds a role by its name.</summary>
    /// <exception cref="UsageException">There is none; the message lists those that exist.</exception>
    public static TokenRole Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (TokenRole role in Enum.GetValues<TokenRole>())
        {
            if (role.Name() == name)
            {
                return role;
            }
        }

        throw UsageException.UnknownName("role", name, Names);
    }
}
