using System.Text;

namespace NasEngine.BrowserTests;

/// <summary>A whole search as a person carries it out: upload, start, watch, choose a network, download it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="StepsSeen">The steps that the page said were running while it was watched.</param>
/// <param name="FrontSize">The networks of the front that the page lists.</param>
/// <param name="Model">The downloaded file.</param>
/// <param name="Complaints">What happened in the browser that must not.</param>
internal sealed record FinishedSearch(string RunId, IReadOnlyList<string> StepsSeen, int FrontSize, byte[] Model, IReadOnlyCollection<string> Complaints)
{
    private const float Limit = 90_000;

    public static async Task<FinishedSearch> CarryOutAsync()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        await window.GoAsync("/new");
        await page.GetByLabel("Upload JSON…").SetInputFilesAsync(new FilePayload { Name = "small.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(Dashboard.Service.ExperimentText()) });
        await Assertions.Expect(page.GetByLabel("Name of the run")).ToHaveValueAsync("small");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the search" }).ClickAsync();
        await Assertions.Expect(page.Locator(".steps")).ToBeVisibleAsync(new() { Timeout = Limit });
        string runId = new Uri(page.Url).Segments[^1];

        HashSet<string> steps = [];
        await page.ExposeFunctionAsync("nasSaw", (string step) => { steps.Add(step); });
        await page.WaitForFunctionAsync(
            """
            () => {
                for (const step of document.querySelectorAll(".steps .running")) nasSaw(step.firstChild.textContent);
                const state = document.querySelector(".head .badge")?.textContent;
                if (state === "failed") throw new Error("The run failed.");
                return state === "done" && document.querySelectorAll(".front-table tbody tr").length > 0;
            }
            """, null, new() { Timeout = Limit, PollingInterval = 100 });

        ILocator rows = page.Locator(".front-table tbody .row-button");
        await rows.Last.ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Export ONNX FP32" }).ClickAsync(), new() { Timeout = Limit });
        byte[] model = await File.ReadAllBytesAsync(await download.PathAsync());
        return new FinishedSearch(runId, [.. steps], await rows.CountAsync(), model, window.Complaints);
    }
}
