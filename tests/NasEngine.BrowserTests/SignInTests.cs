using System.Text.RegularExpressions;

namespace NasEngine.BrowserTests;

/// <summary>The pages of a service that asks who is there.</summary>
internal sealed partial class SignInTests
{
    private static readonly string[] ActingPages = ["/runs/{run}", "/jobs?state=succeeded", "/recurring", "/devices", "/new?space=fashion-mobile"];

    private PeopleTokens _tokens = null!;

    [OneTimeSetUp]
    public async Task MakeTokensAsync()
    {
        await Dashboard.RequireSearchAsync(); // made without signing in
        _tokens = await PeopleTokens.MakeAsync();
    }

    [OneTimeTearDown]
    public async Task RemoveTokensAsync()
    {
        if (_tokens is not null)
        {
            await _tokens.DisposeAsync();
        }
    }

    [Test]
    public async Task SignIn_WrongTokenThenOneThatCounts_LeadsToWhatWasAskedForUntilSigningOut()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        await window.GoAsync("/jobs?state=failed", "input[name=token]");
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/login?to=%2Fjobs%3Fstate%3Dfailed"));
        Assert.That(window.Complaints, Is.Empty);

        ILocator token = page.GetByLabel("Token"), signIn = page.GetByRole(AriaRole.Button, new() { Name = "Sign in" });
        await token.FillAsync("nas_actor_wrong");
        await signIn.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The token is not known, or is one for devices.");
        await Assertions.Expect(token).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.That(window.Complaints, Has.Count.EqualTo(1).And.All.Contains("401"), "browsers themselves note a refusal");

        await token.FillAsync(_tokens.Actor);
        await signIn.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Jobs");
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/jobs?state=failed"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
        await window.GoAsync("/runs", "input[name=token]");
        Assert.That((await page.APIRequest.GetAsync("/api/v1/runs")).Status, Is.EqualTo(401));
        Assert.That(window.Complaints, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Viewer_OnPagesWhereOthersAct_SeesNoButtonOfTheirs()
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        await using WatchedPage actor = await WatchedPage.OpenAsync(), viewer = await WatchedPage.OpenAsync();
        await actor.SignInAsync(_tokens.Actor, "/");
        await viewer.SignInAsync(_tokens.Viewer, "/");
        await Assertions.Expect(viewer.Page.Locator("#top")).ToContainTextAsync("View only");
        List<(string Page, int Acting, int Looking)> seen = [];
        foreach (string address in ActingPages.Select(page => page.Replace("{run}", search.RunId, StringComparison.Ordinal)))
        {
            int[] counts = await Task.WhenAll(CountActionsAsync(actor, address), CountActionsAsync(viewer, address));
            seen.Add((address, counts[0], counts[1]));
        }

        IAPIResponse refused = await viewer.Page.APIRequest.PostAsync($"/api/v1/runs/{search.RunId}/stop");
        Assert.Multiple(() =>
        {
            Assert.That(seen.Where(page => page.Acting == 0), Is.Empty, "pages without anything to do prove nothing");
            Assert.That(seen.Where(page => page.Looking > 0), Is.Empty);
            Assert.That(refused.Status, Is.EqualTo(403));
            Assert.That(actor.Complaints.Concat(viewer.Complaints), Is.Empty);
        });
    }

    [Test]
    public async Task SignInPage_BothWidthsAndColourSchemes_IsCleanAndAccessible()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        await window.GoAsync("/login", "input[name=token]");
        await PageAudit.HoldAsync(window, "/login");
    }

    private static async Task<int> CountActionsAsync(WatchedPage window, string address)
    {
        await window.GoAsync(address);
        return await window.Page.Locator("#main").GetByRole(AriaRole.Button, new() { NameRegex = Action(), Disabled = false }).CountAsync()
            + await window.Page.Locator("#main").GetByRole(AriaRole.Checkbox).CountAsync();
    }

    [GeneratedRegex("^(Budget…|Stop|Resume|Delete|Export ONNX FP32|Requeue|Cancel|Attach a device|Measure again|Watch a device…|Run now|Change|Start the search|Save the space)$")]
    private static partial Regex Action();
}
