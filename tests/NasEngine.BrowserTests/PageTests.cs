namespace NasEngine.BrowserTests;

/// <summary>Every page, on a desk and on a phone, light and dark: nothing in the console, no other host, no barrier, nothing wider than the window.</summary>
internal sealed class PageTests
{
    private static readonly string[] Addresses =
    [
        "/", "/runs", "/runs/{run}", "/runs/{run}?tab=search", "/runs/{run}?tab=predictors", "/runs/{run}?tab=training", "/runs/{run}?tab=jobs", "/runs/{run}?tab=setup",
        "/compare?runs={run}", "/new", "/jobs?state=succeeded", "/jobs?state=failed", "/jobs/{job}", "/recurring", "/servers", "/devices", "/device", "/spaces", "/predictors", "/settings",
    ];

    [TestCaseSource(nameof(Addresses))]
    public async Task Page_BothWidthsAndColourSchemes_IsCleanAndAccessible(string address)
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        await window.GoAsync(address.Replace("{run}", search.RunId, StringComparison.Ordinal).Replace("{job}", await JobOfAsync(window.Page, address), StringComparison.Ordinal));
        await PageAudit.HoldAsync(window, address);
    }

    // The page of a job needs one.
    private static async Task<string> JobOfAsync(IPage page, string address)
    {
        if (!address.Contains("{job}", StringComparison.Ordinal))
        {
            return string.Empty;
        }

        IAPIResponse answer = await page.APIRequest.GetAsync("/api/v1/jobs?state=succeeded&limit=1");
        return (await answer.JsonAsync())!.Value.GetProperty("items")[0].GetProperty("id").GetString()!;
    }
}
