using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using NasEngine.Testing;
using NasEngine.Testing.Web;
using NasEngine.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class ServiceTests
{
    private TestService _service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _service = await TestService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task Health_WithoutAWorker_IsDegradedAndNamesNoPlace()
    {
        using HttpResponseMessage response = await _service.Client.GetAsync("/health");
        string text = await response.Content.ReadAsStringAsync();
        JsonElement health = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(health.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()), Is.EqualTo(new[] { "store", "workers", "disk" }));
        Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("degraded"));
        Assert.That(text, Does.Not.Contain(_service.Workplace.Home));
    }

    [Test]
    public async Task StoreLatency_OfAnyRequest_IsMeasured()
    {
        ConcurrentBag<string?> operations = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, active) =>
        {
            if (instrument.Name == "nas.store.duration")
            {
                active.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => operations.Add(tags[0].Value as string));
        listener.Start();
        await _service.GetAsync("runs");
        Assert.That(operations, Does.Contain("read"));
    }

    [Test]
    public async Task Settings_Retention_IsThatOfTheUpkeep()
    {
        (int status, JsonElement changed) = await _service.SendAsync(HttpMethod.Patch, "settings", """{"retentionDays":7}""");
        Assert.That((status, changed.GetProperty("retentionDays").GetInt32()), Is.EqualTo((200, 7)));
        JsonElement upkeep = (await _service.GetAsync("recurring")).GetProperty("items").EnumerateArray().Single(job => job.GetProperty("id").GetString() == "upkeep");
        Assert.That((upkeep.GetProperty("kind").GetString(), upkeep.GetProperty("payload").GetRawText(), upkeep.GetProperty("enabled").GetBoolean()), Is.EqualTo(("upkeep", """{"retentionDays":7}""", true)));
        Assert.That(upkeep.GetProperty("nextAt").ValueKind, Is.EqualTo(JsonValueKind.String));
    }

    [Test]
    public async Task Status_OfAnEmptyService_HasEveryJobState()
    {
        JsonElement status = await _service.GetAsync("status");
        Assert.That(status.GetProperty("jobs").EnumerateObject().Select(state => state.Name), Is.EquivalentTo(new[] { "awaiting", "scheduled", "enqueued", "processing", "succeeded", "failed", "deleted" }));
        Assert.That(status.GetProperty("store").GetString(), Is.EqualTo("sqlite"));
    }

    [TestCase("/", "text/html")]
    [TestCase("/runs/anything", "text/html")]
    [TestCase("/agent/agent.mjs", "text/javascript")]
    public async Task Page_BuiltIn_IsServedWithATagThatSavesTheSecondAnswer(string path, string type)
    {
        using HttpResponseMessage first = await _service.Client.GetAsync(path);
        using HttpRequestMessage again = new(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await _service.Client.SendAsync(again);
        Assert.That(first.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [TestCase("/nothing.js")]
    [TestCase("/lib/nothing.js")]
    [TestCase("/lib/..%2fpackage.json")]
    [TestCase("/..%2f..%2fetc%2fpasswd.txt")]
    public async Task Page_ThatIsNone_IsNotFound(string path)
    {
        using HttpResponseMessage response = await _service.Client.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Page_FromAFolder_IsReadThereAndWhatTheFolderLacksFromTheProgram()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.PathOf("index.html"), "being worked on");
        await using TestService service = await TestService.StartAsync(new ServerOptions { PagesFolder = folder.FullName });
        Assert.That(await service.Client.GetStringAsync("/runs"), Is.EqualTo("being worked on"));
        Assert.That(await service.Client.GetStringAsync("/agent/agent.mjs"), Does.Contain("export class Agent"));
    }

    [Test]
    public async Task Library_NotInstalled_SaysHowToInstallIt()
    {
        using HttpResponseMessage response = await _service.Client.GetAsync("/lib/echarts.js");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("npm ci"));
    }
}
