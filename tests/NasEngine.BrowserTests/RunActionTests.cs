using System.Text.Json;

namespace NasEngine.BrowserTests;

/// <summary>What a person does with a run that is going.</summary>
internal sealed class RunActionTests
{
    [Test]
    public async Task Run_BudgetChangedThenStoppedThenDeleted_DoesSoAtOnce()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        string runId = await Dashboard.Service.StartRunAsync(page.APIRequest, "long", experiment => experiment["train"]!["steps"] = 1_000_000);
        await window.GoAsync($"/runs/{runId}");
        ILocator state = page.Locator(".head .badge");
        await Assertions.Expect(page.Locator(".steps .running")).ToContainTextAsync("train");

        await page.GetByRole(AriaRole.Button, new() { Name = "Budget…" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Networks to predict in the search").FillAsync("120");
        await dialog.GetByLabel("Networks to verify, at most").FillAsync("9");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Assertions.Expect(page.Locator(".stats")).ToContainTextAsync("of 120");
        await Assertions.Expect(page.Locator(".stats")).ToContainTextAsync("of at most 9");
        await Assertions.Expect(state).ToHaveTextAsync("running");
        JsonElement stored = (await (await page.APIRequest.GetAsync($"/api/v1/runs/{runId}")).JsonAsync())!.Value.GetProperty("budget");
        Assert.That((stored.GetProperty("evaluations").GetInt32(), stored.GetProperty("verify").GetInt32()), Is.EqualTo((120, 9)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("stopped");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Runs");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = runId })).ToHaveCountAsync(0);
        Assert.That((await page.APIRequest.GetAsync($"/api/v1/runs/{runId}")).Status, Is.EqualTo(404));
        Assert.That(window.Complaints, Is.Empty);
    }
}
