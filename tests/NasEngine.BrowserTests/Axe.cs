using System.Text.Json;

namespace NasEngine.BrowserTests;

/// <summary>Looks for barriers in a page with axe-core.</summary>
internal static class Axe
{
    /// <summary>Gives what is serious or critical: the rule, and the first elements that break it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="coloursOnly">Whether only contrasts are looked at, as after a change of the colour scheme.</param>
    public static async Task<IReadOnlyList<string>> FindSeriousAsync(IPage page, bool coloursOnly = false)
    {
        if (!await NodeScript.TryAddAsync(page, "axe-core/axe.min.js", "axe"))
        {
            Assert.Ignore(NodeScript.Missing);
        }

        string options = coloursOnly ? """{ "resultTypes": ["violations"], "runOnly": ["color-contrast"] }""" : """{ "resultTypes": ["violations"] }""";
        JsonElement found = await page.EvaluateAsync<JsonElement>($$"""
            async () => (await axe.run(document, {{options}})).violations.filter(rule => ["serious", "critical"].includes(rule.impact))
                .map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.target.join(" ")).join("; ")}`)
            """);
        return [.. found.EnumerateArray().Select(text => text.GetString()!)];
    }
}
