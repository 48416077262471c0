using System.Diagnostics;
using System.Text.Json;
using NasEngine.Testing;

namespace NasEngine.BrowserTests;

/// <summary>Looks for barriers in a page with axe-core, which is fetched once as package.json says.</summary>
internal static class Axe
{
    private static readonly Lazy<string?> Script = new(Load);

    /// <summary>Gives what is serious or critical: the rule, and the first elements that break it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="coloursOnly">Whether only contrasts are looked at, as after a change of the colour scheme.</param>
    public static async Task<IReadOnlyList<string>> FindSeriousAsync(IPage page, bool coloursOnly = false)
    {
        if (Script.Value is null)
        {
            Assert.Ignore("axe-core is not installed: npm ci --ignore-scripts --prefix tests/NasEngine.BrowserTests");
        }

        // Evaluated by the browser's debugger, which the content security policy of the page does not bind.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in globalThis"))
        {
            await page.EvaluateAsync(Script.Value + ";0");
        }

        string options = coloursOnly ? """{ "resultTypes": ["violations"], "runOnly": ["color-contrast"] }""" : """{ "resultTypes": ["violations"] }""";
        JsonElement found = await page.EvaluateAsync<JsonElement>($$"""
            async () => (await axe.run(document, {{options}})).violations.filter(rule => ["serious", "critical"].includes(rule.impact))
                .map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.target.join(" ")).join("; ")}`)
            """);
        return [.. found.EnumerateArray().Select(text => text.GetString()!)];
    }

    private static string? Load()
    {
        string folder = RepositoryFiles.PathOf("tests/NasEngine.BrowserTests");
        string script = Path.Combine(folder, "node_modules/axe-core/axe.min.js");
        if (!File.Exists(script))
        {
            using Process install = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (!install.WaitForExit(TimeSpan.FromSeconds(60)))
            {
                install.Kill(entireProcessTree: true);
            }
        }

        return File.Exists(script) ? File.ReadAllText(script) : null;
    }
}
