using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Profiling.Remote;
using NasEngine.Testing.Devices;

namespace NasEngine.UnitTests.Web.Devices;

/// <summary>The protocol of agents over HTTP, from the run that asks to the agent that answers.</summary>
internal sealed class AgentEndpointsTests
{
    private static readonly ImmutableArray<int> Shape = [1, 3, 8, 8];

    private DeviceServer _server = null!;
    private FakeAgent _agent = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await DeviceServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [SetUp]
    public void StartAgent() => _agent = new FakeAgent(_server.Address);

    [TearDown]
    public async Task StopAgent()
    {
        _agent.Dispose();
        await _server.Store.RemoveAsync("pi", default);
    }

    [Test]
    public async Task Measure_ThroughAnAgent_GivesEveryMeasurementAndShowsTheDevice()
    {
        await AttachAsync();
        await using RemoteDevice device = _server.Device("pi");
        Task<List<Measurement>> measuring = MeasureAsync(device, [Item("a", 1000), Item("b", 2000), Item("c", 3000)], new MeasurementOptions { Interleaved = 2 });
        await _agent.WorkOnceAsync();
        await _agent.WorkOnceAsync();
        List<Measurement> measurements = await measuring;
        Assert.That(measurements.Select(one => one.Key), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(measurements.Select(one => Math.Round(one.Median.Milliseconds, 1)), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(measurements.Select(one => one.Sequence), Is.EqualTo(new[] { 0, 1, 0 }));
        Assert.That(measurements.Select(one => one.Session).Distinct().Count(), Is.EqualTo(2));
        Assert.That(measurements.Select(one => one.Device).Distinct().Single(), Is.EqualTo((await device.ConnectAsync(default)).Id));

        JsonElement shown = await GetAsync("devices/pi");
        Assert.That(shown.GetProperty("form").GetString(), Is.EqualTo("agent:pi"));
        Assert.That(shown.GetProperty("state").GetString(), Is.EqualTo("online"));
        Assert.That(shown.GetProperty("noisePercent").GetDouble(), Is.GreaterThan(0).And.LessThan(1));
        Assert.That(shown.GetProperty("lastMeasurements").EnumerateArray().Select(one => one.GetProperty("key").GetString()), Is.EqualTo(new[] { "c", "b", "a" }));
        Assert.That((await GetAsync("devices")).GetProperty("total").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Measure_Cancelled_GivesWhatIsThereAndTellsTheAgent()
    {
        await AttachAsync();
        await using RemoteDevice device = _server.Device("pi");
        using CancellationTokenSource stop = new();
        List<string> got = [];
        Task measuring = Task.Run(async () =>
        {
            await foreach (Measurement measurement in device.MeasureAsync([Item("a", 10), Item("b", 20), Item("c", 30)], new MeasurementOptions(), stop.Token))
            {
                got.Add(measurement.Key);
            }
        });
        FakeLease lease = await _agent.LeaseAsync();
        Assert.That((await lease.PostAsync("heartbeat", "{}")).Body.GetProperty("cancelled").GetBoolean(), Is.False);
        await lease.MeasureAsync("b");
        await stop.CancelAsync();
        Assert.That(() => measuring, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(got, Is.EqualTo(new[] { "b" }));
        Assert.That((await lease.PostAsync("heartbeat", "{}")).Body.GetProperty("cancelled").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Measure_NetworkThatTheAgentRefuses_NamesItAndFreesTheDevice()
    {
        await AttachAsync();
        await using RemoteDevice device = _server.Device("pi");
        Task<List<Measurement>> measuring = MeasureAsync(device, [Item("a", 10), Item("b", 20)], new MeasurementOptions());
        FakeLease lease = await _agent.LeaseAsync();
        await lease.PostAsync("fail", new { kind = "model", message = "no such operation:\nFoo", key = "b" });
        Assert.That(() => measuring, Throws.TypeOf<NetworkRefusedException>().With.Message.EqualTo("Device 'agent:pi' can't run network 'b': no such operation: Foo"));
        Assert.That((await _server.Store.ListAsync(default)).Single().QueueLength, Is.Zero);
    }

    [Test]
    public async Task Run_ThroughAnAgent_GivesItsOutputs()
    {
        await AttachAsync();
        await using RemoteDevice device = _server.Device("pi");
        Task<IReadOnlyList<float[]>> running = device.RunAsync(Encoding.UTF8.GetBytes("net"), [1, 2], [[1, 2], [3, 4]], default);
        FakeLease lease = await _agent.LeaseAsync();
        Assert.That(lease.Body.GetProperty("type").GetString(), Is.EqualTo("run"));
        byte[] inputs = await _agent.DownloadAsync(lease.Model("run").GetProperty("inputs").GetProperty("href").GetString()!);
        Assert.That(Enumerable.Range(0, 4).Select(i => BitConverter.ToSingle(inputs, 4 * i)), Is.EqualTo(new[] { 1f, 2, 3, 4 }));
        string[] outputs = [.. new[] { 5f, 6f }.Select(value => Convert.ToBase64String(BitConverter.GetBytes(value)))];
        await lease.PostAsync("results", new { key = "run", outputs });
        await lease.PostAsync("finish", new { batch = new { } });
        Assert.That(await running, Is.EqualTo(new[] { new[] { 5f }, new[] { 6f } }));
    }

    [TestCase("blocks", "[]")]
    [TestCase("blocks", """[{"ns":0,"order":0,"canary":1,"drift":false}]""")]
    [TestCase("blocks", """[{"ns":1e300,"order":0,"canary":1,"drift":false}]""")]
    [TestCase("blocks", "null")]
    [TestCase("runsPerBlock", "0")]
    [TestCase("runsPerBlock", "1.5")]
    [TestCase("canaryNs", "-1")]
    [TestCase("overheadNs", "\"4\"")]
    [TestCase("clock", "\"a\\u0000b\"")]
    [TestCase("warnings", "[null]")]
    [TestCase("key", "\"\"")]
    public async Task Results_ValueThatMeasuringCannotMake_IsRefused(string member, string value)
    {
        await AttachAsync();
        await _server.Store.AddAsync(DeviceSamples.Batch("a") with { Fingerprint = (await _server.Store.ListAsync(default)).Single().Fingerprint.Id }, default);
        FakeLease lease = await _agent.LeaseAsync();
        JsonNode measured = JsonNode.Parse(DeviceSamples.Measured("a"))!;
        measured[member] = JsonNode.Parse(value);
        (HttpStatusCode status, JsonElement body) = await lease.PostAsync("results", measured.ToJsonString());
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body.GetProperty("detail").GetString(), Does.Contain($"$.{member}"));
        Assert.That((await lease.PostAsync("results", DeviceSamples.Measured("a"))).Body.GetProperty("accepted").GetBoolean(), Is.True);
        Assert.That((await lease.PostAsync("results", DeviceSamples.Measured("a"))).Body.GetProperty("accepted").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Attach_FactsOutOfRange_AreRefusedTogether()
    {
        JsonObject attachment = FakeAgent.Attachment(name: "pi");
        attachment["kind"] = "toaster";
        attachment["facts"]!["cores"] = 0;
        attachment["facts"]!["cpu"] = new string('x', 5000);
        Assert.That(await _agent.AttachAsync(attachment), Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await _agent.AttachAsync(FakeAgent.Attachment(name: "../pi")), Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await _server.Store.ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task Attach_NameThatAnotherHas_IsAConflict()
    {
        await AttachAsync();
        using FakeAgent other = new(_server.Address);
        Assert.That(await other.AttachAsync(FakeAgent.Attachment(instance: "two")), Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Calls_AfterTheDeviceWasRemoved_AreGone()
    {
        await AttachAsync();
        await _server.Store.RemoveAsync("pi", default);
        Assert.That((await _agent.PostAsync("lease", "{}")).Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await _agent.GetStatusAsync("agents/{agent}/models/00"), Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await _agent.AttachAsync(FakeAgent.Attachment()), Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await _agent.GetStatusAsync("devices/pi"), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Models_OfNoHeldWork_AreNotGiven()
    {
        await AttachAsync();
        Assert.That(await _agent.GetStatusAsync("agents/{agent}/models/0000"), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _agent.GetStatusAsync("agents/{agent}/models/..%2f..%2fetc%2fpasswd"), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Package_Unpacked_HoldsEveryFileThatItSaysAndTheirImports()
    {
        using GZipStream unzipped = new(new MemoryStream(await _agent.DownloadAsync("agents/package.tgz")), CompressionMode.Decompress);
        using TarReader tar = new(unzipped);
        Dictionary<string, string> files = [];
        while (await tar.GetNextEntryAsync(copyData: true) is TarEntry entry)
        {
            using StreamReader reader = new(entry.DataStream!);
            files.Add(entry.Name.Replace("package/", "", StringComparison.Ordinal), await reader.ReadToEndAsync());
        }

        IEnumerable<string> listed = JsonNode.Parse(files["package.json"])!["files"]!.AsArray().Select(name => (string)name!);
        IEnumerable<string> imported = files.Values.SelectMany(text => System.Text.RegularExpressions.Regex.Matches(text, @"from '\./([\w-]+\.mjs)'").Select(match => match.Groups[1].Value));
        Assert.That(files.Keys, Is.SupersetOf(listed));
        Assert.That(listed, Is.SupersetOf(imported.Distinct()));
    }

    private static MeasurementItem Item(string key, int length) => new(key, Encoding.ASCII.GetBytes(new string(key[0], length)), Shape);

    private static async Task<List<Measurement>> MeasureAsync(RemoteDevice device, MeasurementItem[] items, MeasurementOptions options) =>
        await device.MeasureAsync(items, options, default).ToListAsync();

    private async Task AttachAsync() => Assert.That(
        await _agent.AttachAsync(FakeAgent.Attachment(startedAt: TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())), Is.EqualTo(HttpStatusCode.OK));

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpClient http = new() { BaseAddress = new Uri(_server.Address, "api/v1/") };
        return await http.GetFromJsonAsync<JsonElement>(path);
    }
}
