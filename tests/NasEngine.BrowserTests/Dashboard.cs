using NasEngine.Testing.Devices;
using NasEngine.Testing.Jobs;

namespace NasEngine.BrowserTests;

/// <summary>What all tests of the pages share: one service, one browser, one search that was carried out through the pages, and one device that was attached through them.</summary>
[SetUpFixture]
internal sealed class Dashboard
{
    private static Task<FinishedSearch>? _search;
    private static Task<AttachedMachine>? _machine;
    private static Task<CancelledMeasuring>? _cancelled;
    private static PageBrowser? _browser;
    private static ServedNas? _service;

    /// <summary>Gets the browser.</summary>
    public static IBrowser Browser => _browser!.Browser;

    /// <summary>Gets the service.</summary>
    public static ServedNas Service => _service!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (HeadlessChromium.Program is null)
        {
            Assert.Ignore("Chromium is not installed: apt-get install -y --no-install-recommends chromium");
        }

        if (NasProcess.Modules is null)
        {
            Assert.Ignore("onnxruntime-node and echarts are not installed: run npm ci --ignore-scripts in src/NasEngine.DeviceAgent, or name their folder in NAS_AGENT_MODULES.");
        }

        _browser = await PageBrowser.StartAsync();
        _service = await ServedNas.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_machine is { IsCompletedSuccessfully: true })
        {
            (await _machine).Dispose();
        }

        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    /// <summary>Searches once for all tests, through the pages alone.</summary>
    public static Task<FinishedSearch> RequireSearchAsync() => _search ??= FinishedSearch.CarryOutAsync();

    /// <summary>Attaches a machine once for all tests, as the page of the devices says.</summary>
    public static Task<AttachedMachine> RequireMachineAsync() => _machine ??= AttachedMachine.AttachAsync();

    /// <summary>Cancels a job that measures on that machine, once for all tests.</summary>
    public static Task<CancelledMeasuring> RequireCancelledAsync() => _cancelled ??= CancelledMeasuring.CarryOutAsync();
}
