using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NasEngine.Jobs.Runs;

/// <summary>Says where a run was made: a result without its environment cannot be compared.</summary>
internal static class RunEnvironment
{
    /// <summary>Writes the environment as JSON.</summary>
    public static string Describe(Workplace workplace) => JsonSerializer.Serialize(
        new
        {
            host = Environment.MachineName,
            system = RuntimeInformation.OSDescription,
            architecture = RuntimeInformation.OSArchitecture.ToString(),
            cores = Environment.ProcessorCount,
            runtime = RuntimeInformation.FrameworkDescription,
            engine = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            commit = Commit(workplace.Root),
        },
        JsonSerializerOptions.Web);

    // Read from git's own files: a run must not depend on git being installed.
    private static string? Commit(string root)
    {
        string head = Path.Combine(root, ".git", "HEAD");
        if (!File.Exists(head))
        {
            return null;
        }

        string text = File.ReadAllText(head).Trim();
        if (!text.StartsWith("ref: ", StringComparison.Ordinal))
        {
            return text;
        }

        string reference = Path.Combine(root, ".git", text["ref: ".Length..]);
        return File.Exists(reference) ? File.ReadAllText(reference).Trim() : null;
    }
}
