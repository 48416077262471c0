using NasEngine.Core.Machine;

namespace NasEngine.Jobs.Runs;

/// <summary>The folders that the engine works in.</summary>
/// <param name="Root">The project's folder, or wherever the program was unpacked.</param>
/// <param name="Home">Where data sets, trained supernets and programs are kept.</param>
/// <param name="Results">Where runs write: a folder for each, and the database.</param>
public sealed record Workplace(string Root, string Home, string Results)
{
    /// <summary>Gets the folder of data sets.</summary>
    public string Data => Path.Combine(Home, "data");

    /// <summary>Gets the folder of trained supernets, named by what went into them.</summary>
    public string Supernets => Path.Combine(Home, "supernets");

    /// <summary>Gets the database.</summary>
    public string Database => Path.Combine(Results, "nas.db");

    /// <summary>Gives the folder of a run.</summary>
    public string RunFolder(string runId) => Path.Combine(Results, runId);

    /// <summary>Gives the workplace that the environment names.</summary>
    /// <remarks><c>NAS_ROOT</c>, else the folder above the program that has <c>searchspaces</c>, else the current one; <c>NAS_HOME</c>, else <c>.nas</c> in it; <c>NAS_RESULTS</c>, else <c>results</c> in it.</remarks>
    public static Workplace FromEnvironment()
    {
        string root = Folder("NAS_ROOT") ?? Above(AppContext.BaseDirectory) ?? Directory.GetCurrentDirectory();
        return new Workplace(root, Folder("NAS_HOME") ?? Path.Combine(root, ".nas"), Folder("NAS_RESULTS") ?? Path.Combine(root, "results"));
    }

    private static string? Folder(string name) => EnvironmentSetting.Find(name) is string value ? Path.GetFullPath(value) : null;

    private static string? Above(string folder)
    {
        for (DirectoryInfo? place = new(folder); place is not null; place = place.Parent)
        {
            if (Directory.Exists(Path.Combine(place.FullName, "searchspaces")))
            {
                return place.FullName;
            }
        }

        return null;
    }
}
