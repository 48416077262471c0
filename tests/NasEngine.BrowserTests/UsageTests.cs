using System.Text.RegularExpressions;

namespace NasEngine.BrowserTests;

/// <summary>What a person does on the pages.</summary>
internal sealed partial class UsageTests
{
    [Test]
    public async Task LimitLine_DraggedAndMovedByKeys_CountsNetworksWithinIt()
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        await window.GoAsync($"/runs/{search.RunId}");
        ILocator line = window.Page.GetByRole(AriaRole.Slider, new() { NameRegex = LimitOf() });
        ILocator count = window.Page.Locator(".limit output");
        await Assertions.Expect(count).ToContainTextAsync($"{search.FrontSize} of {search.FrontSize} networks");

        LocatorBoundingBoxResult box = (await line.BoundingBoxAsync())!;
        float height = box.Y + (box.Height / 2);
        await window.Page.Mouse.MoveAsync(box.X + (box.Width / 2), height);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(box.X - 250, height, new() { Steps = 4 });
        await window.Page.Mouse.UpAsync();
        await Assertions.Expect(count).Not.ToContainTextAsync($"{search.FrontSize} of {search.FrontSize} networks");

        await line.PressAsync("End");
        await Assertions.Expect(count).ToContainTextAsync($"{search.FrontSize} of {search.FrontSize} networks");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Editor_ChoicesThatDoNotAscend_NamesPlaceAndLeadsThere()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        await window.GoAsync("/new?space=fashion-mobile");
        ILocator editor = window.Page.GetByLabel("Search space as JSON");
        string text = await editor.InputValueAsync();
        await Assertions.Expect(window.Page.Locator(".verdict")).ToContainTextAsync("4,000,752 networks");

        await editor.FillAsync(text.Replace("[20, 24, 28]", "[28, 24, 20]", StringComparison.Ordinal));
        ILocator fault = window.Page.Locator(".faults button").First;
        await Assertions.Expect(fault).ToContainTextAsync("$.dimensions[0].choices");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Start the search" })).ToBeDisabledAsync();
        await fault.ClickAsync();
        Assert.That(await editor.EvaluateAsync<string>("area => area.value.slice(area.selectionStart, area.selectionEnd)"), Does.Contain("[28, 24, 20]"));

        await editor.FillAsync(text);
        await Assertions.Expect(window.Page.Locator(".verdict")).ToContainTextAsync("4,000,752 networks");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Jobs_FailingOneDeletedAndRequeued_MovesBetweenTabs()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        string runId = await Dashboard.Service.StartRunAsync(window.Page.APIRequest, "absent", experiment => experiment["data"]!["name"] = "./absent");

        // Without its images the training fails; another attempt would not help, so there is none.
        await window.GoAsync($"/jobs?state=failed&kind=train&run={runId}");
        ILocator box = window.Page.GetByLabel(Training()).First;
        await box.CheckAsync();
        await window.Page.Locator(".batch").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".toast")).ToContainTextAsync("1 job deleted");

        await window.GoAsync($"/jobs?state=deleted&kind=train&run={runId}");
        await window.Page.Locator("tbody td.lead a").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".head .badge")).ToHaveTextAsync("deleted");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Requeue" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".head .badge")).Not.ToHaveTextAsync("deleted");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Keyboard_SkipLinkMenuAndColours_Work()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync(width: 390);
        await window.GoAsync("/");
        await window.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();

        ILocator menu = window.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" });
        await menu.PressAsync("Enter");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Spaces" }).PressAsync("Enter");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Spaces");
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");

        await window.Page.GetByLabel("Colour scheme").SelectOptionAsync("dark");
        await window.Page.ReloadAsync();
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Address_OfNothing_SaysSo()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        await window.GoAsync("/nothing-here");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such thing here");
    }

    [GeneratedRegex("^Choose train")]
    private static partial Regex Training();

    [GeneratedRegex("^Limit of ")]
    private static partial Regex LimitOf();
}
