using System.Diagnostics;
using NasEngine.Testing;

namespace NasEngine.BrowserTests;

/// <summary>Scripts that other people wrote and the tests run in pages; fetched once, as package.json says.</summary>
internal static class NodeScript
{
    private static readonly string Folder = RepositoryFiles.PathOf("tests/NasEngine.BrowserTests");
    private static readonly Lazy<bool> Installed = new(Install);

    /// <summary>Gets what is missing where scripts are not installed.</summary>
    public const string Missing = "The scripts of the tests are not installed: npm ci --ignore-scripts --prefix tests/NasEngine.BrowserTests";

    /// <summary>Adds a script to a page, unless it is there.</summary>
    /// <param name="page">The page.</param>
    /// <param name="file">The script, below node_modules.</param>
    /// <param name="name">The global that it defines.</param>
    /// <returns><see langword="false"/> if it is not installed.</returns>
    public static async Task<bool> TryAddAsync(IPage page, string file, string name)
    {
        if (!Installed.Value)
        {
            return false;
        }

        // Evaluated by the browser's debugger, which the content security policy of the page does not bind.
        if (!await page.EvaluateAsync<bool>("name => name in globalThis", name))
        {
            await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Folder, "node_modules", file)) + ";0");
        }

        return true;
    }

    private static bool Install()
    {
        string stamp = Path.Combine(Folder, "node_modules/.package-lock.json");
        if (!File.Exists(stamp) || File.GetLastWriteTimeUtc(stamp) < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            using Process install = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", Folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (!install.WaitForExit(TimeSpan.FromSeconds(60)))
            {
                install.Kill(entireProcessTree: true);
                return false;
            }
        }

        return File.Exists(stamp);
    }
}
