using System.Text.Json;
using System.Text.RegularExpressions;

namespace NasEngine.BrowserTests;

/// <summary>What people who share a service write, hold up and look up on its pages.</summary>
internal sealed partial class SharedUseTests
{
    [Test]
    public async Task Note_WrittenByTwoAtOnce_ShowsTheLaterOneWhatTheOtherWrote()
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        ILocator text = page.Locator(".note-panel > .note-text");
        await window.GoAsync($"/runs/{search.RunId}");
        await Named("Add a note").ClickAsync();
        await page.GetByLabel("Note on this run").FillAsync("the first line\n<b>and</b> a quokka");
        await Named("Save note").ClickAsync();
        await Assertions.Expect(text).ToHaveTextAsync("the first line\n<b>and</b> a quokka");
        Assert.That(await text.EvaluateAsync<int>("element => element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight)"), Is.EqualTo(2), "line breaks are kept");

        await Named("Edit").ClickAsync();
        await page.GetByLabel("Note on this run").FillAsync("mine");
        await page.APIRequest.PutAsync($"/api/v1/runs/{search.RunId}/note", new() { DataObject = new { text = "theirs", version = 1 } });
        await Assertions.Expect(page.Locator(".note-conflict")).ToContainTextAsync("theirs");
        await Assertions.Expect(page.GetByLabel("Note on this run")).ToHaveValueAsync("mine");
        await Named("Go on from theirs").ClickAsync();
        await page.GetByLabel("Note on this run").FillAsync("theirs, and my wombat");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(text).ToHaveTextAsync("theirs, and my wombat");

        await window.GoAsync("/runs");
        await page.GetByLabel("Find").FillAsync("WOMBAT");
        await Assertions.Expect(page).ToHaveURLAsync(AskedForWombat());
        await Assertions.Expect(page.Locator(".note-mark")).ToHaveAttributeAsync("title", "theirs, and my wombat");
        Assert.That(window.Complaints, Is.Empty);

        ILocator Named(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
    }

    [Test]
    public async Task Queue_PausedOnItsPage_HoldsJobsUntilItIsResumed()
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        ILocator row = page.Locator("section[aria-label=Queues] tbody tr", new() { HasText = "export" });
        await window.GoAsync("/servers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause export" }).ClickAsync();
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("paused");

        await page.APIRequest.PostAsync($"/api/v1/runs/{search.RunId}/export", new() { DataObject = new { pick = "1" } });
        await Assertions.Expect(row.Locator("[data-name=Enqueued]")).ToHaveTextAsync("1");
        await window.GoAsync("/jobs?state=enqueued&queue=export");
        await Assertions.Expect(page.Locator(".warning")).ToContainTextAsync("A queue is paused: export");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);

        await page.Locator(".warning a").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume export" }).ClickAsync();
        await Assertions.Expect(row.Locator("[data-name=Enqueued]")).ToHaveTextAsync("0", new() { Timeout = 20_000 });
        await Assertions.Expect(row.Locator(".badge")).Not.ToHaveTextAsync("paused");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Timeline_BarHoveredAndClicked_SaysWhatItWasAndOpensTheJob()
    {
        await Dashboard.RequireSearchAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        await window.GoAsync("/servers");
        await page.GetByRole(AriaRole.Button, new() { Name = "15 min" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "15 min" })).ToHaveAttributeAsync("aria-pressed", "true");
        ILocator chart = page.Locator("section[aria-label=Timeline] .chart-canvas");
        await chart.ScrollIntoViewIfNeededAsync();
        JsonElement longest = await chart.EvaluateAsync<JsonElement>(
            """
            element => {
                const chart = echarts.getInstanceByDom(element);
                const all = chart.getOption().series.flatMap((series, seriesIndex) => series.data.map(data => ({ ...data, seriesIndex })));
                const longest = all.reduce((a, b) => (b.value[2] - b.value[1] > a.value[2] - a.value[1] ? b : a));
                const [row, start, end] = longest.value;
                const [x, y] = chart.convertToPixel({ seriesIndex: longest.seriesIndex }, [(start + end) / 2, row]);
                const box = element.getBoundingClientRect();
                return { x: box.left + x, y: box.top + y, title: longest.item.title, id: longest.item.jobId };
            }
            """);
        (float x, float y) = (longest.GetProperty("x").GetSingle(), longest.GetProperty("y").GetSingle());
        await page.Mouse.MoveAsync(x - 1, y);
        await page.Mouse.MoveAsync(x, y);
        await Assertions.Expect(page.Locator(".tip")).ToContainTextAsync(longest.GetProperty("title").GetString()!);
        await page.Mouse.ClickAsync(x, y);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/jobs/{longest.GetProperty("id").GetString()}$"));
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Evaluations_AsCsv_HaveALineEach()
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        await window.GoAsync($"/runs/{search.RunId}?tab=search");
        IDownload download = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.GetByRole(AriaRole.Link, new() { Name = "Evaluations as CSV" }).ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await download.PathAsync());
        JsonElement run = (await (await window.Page.APIRequest.GetAsync($"/api/v1/runs/{search.RunId}/summary")).JsonAsync())!.Value;
        Assert.That(download.SuggestedFilename, Is.EqualTo($"{search.RunId}-search.csv"));
        Assert.That((lines.Length, lines[0].Split(',')[0]), Is.EqualTo((run.GetProperty("evaluations").GetInt32() + 1, "sequence")));
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Axes_TickedAndMovedByKeyboard_AreDrawnAndRemembered()
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        ILocator drawn = page.GetByRole(AriaRole.List, new() { Name = "Axes that are drawn" }).GetByRole(AriaRole.Listitem);
        await window.GoAsync($"/runs/{search.RunId}?tab=search");
        await page.GetByText(AxesSummary()).ClickAsync();
        IReadOnlyList<string> usual = await NamesAsync();
        Assert.That(await AxesOfChartAsync(), Has.Length.EqualTo(usual.Count));

        await drawn.First.GetByRole(AriaRole.Checkbox).ClickAsync();
        await Assertions.Expect(drawn).ToHaveCountAsync(usual.Count - 1);
        ILocator down = page.GetByRole(AriaRole.Button, new() { Name = $"Move {usual[1]} down", Exact = true });
        await down.PressAsync("Enter");
        await Assertions.Expect(down).ToBeFocusedAsync();
        await down.PressAsync("Enter");
        string[] wanted = [usual[2], usual[3], usual[1], .. usual.Skip(4)];
        Assert.That(await NamesAsync(), Is.EqualTo(wanted));

        await window.GoAsync($"/runs/{search.RunId}?tab=search");
        await page.GetByText(AxesSummary()).ClickAsync();
        Assert.That(await NamesAsync(), Is.EqualTo(wanted));
        Assert.That((await AxesOfChartAsync())[0], Is.EqualTo(usual[2]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Usual axes" }).ClickAsync();
        await Assertions.Expect(drawn).ToHaveCountAsync(usual.Count);
        Assert.That(await NamesAsync(), Is.EqualTo(usual));
        Assert.That(window.Complaints, Is.Empty);

        async Task<IReadOnlyList<string>> NamesAsync() => [.. (await drawn.Locator("label").AllInnerTextsAsync()).Select(name => name.Trim())];

        Task<string[]> AxesOfChartAsync() => page.Locator("section[aria-label='Networks gene by gene'] .chart-canvas")
            .EvaluateAsync<string[]>("element => echarts.getInstanceByDom(element).getOption().parallelAxis.map(axis => axis.name)");
    }

    [GeneratedRegex("q=WOMBAT")]
    private static partial Regex AskedForWombat();

    [GeneratedRegex(@"^Axes: \d+ of \d+$")]
    private static partial Regex AxesSummary();
}
