using System.Globalization;

namespace NasEngine.BrowserTests;

/// <summary>Devices through the pages: how they come in, work for them that is cancelled, and watching them.</summary>
internal sealed class DeviceTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    [Test]
    public async Task Attach_ByTheCommandOfTheDialog_MachineIsOnlineAndCodeIsTheAddress()
    {
        AttachedMachine machine = await Dashboard.RequireMachineAsync();
        Uri address = new(machine.Address);
        Assert.Multiple(() =>
        {
            Assert.That(machine.Complaints, Is.Empty);
            Assert.That(address.GetLeftPart(UriPartial.Path), Is.EqualTo(new Uri(Dashboard.Service.Address, "device").ToString()));
            Assert.That(address.Fragment, Does.StartWith("#token="));
            Assert.That(machine.Command, Does.EndWith($" --token {address.Fragment["#token=".Length..]}"));
            Assert.That(machine.Codes, Is.All.EqualTo(machine.Address));
        });
    }

    [Test]
    public async Task DevicePage_OpenedByTheCode_AttachesWithoutAskingForATokenAndIsCleanAndAccessible()
    {
        AttachedMachine machine = await Dashboard.RequireMachineAsync();
        await using PeopleTokens tokens = await PeopleTokens.MakeAsync();
        await using WatchedPage phone = await WatchedPage.OpenAsync(width: 390);
        await phone.GoAsync(machine.Address);
        Assert.That(phone.Page.Url, Does.Not.Contain("token"), "it is gone from the address bar");
        await Assertions.Expect(phone.Page.Locator("#token")).ToBeHiddenAsync();

        await Assertions.Expect(phone.Page.Locator("#engine-hint")).ToContainTextAsync("no graphics processor");
        await phone.Page.GetByLabel("Name, as experiments call it").FillAsync("phone");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Start measuring" }).ClickAsync();
        await Assertions.Expect(phone.Page.Locator("#badge")).ToHaveTextAsync("online");
        await PageAudit.HoldAsync(phone, "/device attached");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Start measuring" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task DevicePage_AskedForAGraphicsProcessorThatIsNotThere_SaysSoAndAttachesWithWebAssembly()
    {
        await using WatchedPage window = await WatchedPage.OpenAsync();
        await window.GoAsync("/device?name=no-gpu&engine=webgpu&start");
        await Assertions.Expect(window.Page.Locator("#badge")).ToHaveTextAsync("online");
        await Assertions.Expect(window.Page.Locator("#runtime")).ToContainTextAsync("WebAssembly, on the processor, 1 thread. WebGPU was asked for, but this browser has no graphics processor for pages");
        await window.GoAsync("/devices/no-gpu");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "Facts" })).ToContainTextAsync("onnxruntime-web wasm");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Job_CancelledWhileItMeasures_StopsAndKeepsWhatWasMeasured()
    {
        CancelledMeasuring cancelled = await Dashboard.RequireCancelledAsync();
        Assert.Multiple(() =>
        {
            Assert.That(cancelled.Taken, Is.LessThan(StopLimit));
            Assert.That(cancelled.History, Does.Contain("what was done is kept"));
            Assert.That(cancelled.Kept, Is.InRange(CancelledMeasuring.Batch, (2 * CancelledMeasuring.Batch) - 1));
            Assert.That(cancelled.Complaints, Is.Empty);
        });
    }

    [Test]
    public async Task Recurring_DeviceWatchedRunSwitchedOffAndDeleted_ShowsLastAndNext()
    {
        AttachedMachine machine = await Dashboard.RequireMachineAsync();
        await Dashboard.RequireCancelledAsync(); // a device that has measured something can be watched
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        await window.GoAsync("/recurring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch a device…" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Device").SelectOptionAsync(new SelectOptionValue { Label = machine.Name });
        await dialog.GetByLabel("When").FillAsync("0 0 * * * ?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Watch" }).ClickAsync();
        ILocator row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = machine.Name });
        ILocator next = row.Locator("[data-name=Next]"), last = row.Locator("[data-name=Last]");
        await Assertions.Expect(row).ToContainTextAsync("Every hour");
        await Assertions.Expect(next.Locator("time")).ToHaveCountAsync(1);
        Assert.That(DateTimeOffset.Parse((await next.Locator("time").GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture), Is.GreaterThan(TimeProvider.System.GetUtcNow()));
        await Assertions.Expect(last).ToHaveTextAsync("never");

        await row.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Assertions.Expect(next).ToHaveTextAsync("switched off");
        await row.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Assertions.Expect(next.Locator("time")).ToHaveCountAsync(1);

        await row.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await Assertions.Expect(page.Locator(".head .badge")).ToHaveTextAsync("succeeded", new() { Timeout = 30_000 });
        await window.GoAsync("/recurring");
        await Assertions.Expect(last.Locator(".badge")).ToHaveTextAsync("succeeded");
        await Assertions.Expect(last.Locator("time")).ToHaveCountAsync(1);

        await row.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        Assert.That(window.Complaints, Is.Empty);
    }
}
