namespace NasEngine.Core.Machine;

/// <summary>Settings that come from the environment.</summary>
public static class EnvironmentSetting
{
    /// <summary>Gives a variable's value, or <see langword="null"/> if it is not set or empty.</summary>
    public static string? Find(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
