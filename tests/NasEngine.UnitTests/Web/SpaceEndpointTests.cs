using System.Text.Json;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class SpaceEndpointTests
{
    private TestService _service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _service = await TestService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task List_Always_HasWhatShips()
    {
        JsonElement fashion = (await _service.GetAsync("spaces")).GetProperty("items").EnumerateArray().Single(space => space.GetProperty("name").GetString() == "fashion-mobile");
        Assert.That(fashion.GetProperty("shipped").GetBoolean(), Is.True);
        Assert.That(fashion.GetProperty("size").GetString(), Does.Match("^[0-9]{4,}$"));
    }

    [Test]
    public async Task Validate_GoodAndBad_SaysSizeOrPlace()
    {
        (_, JsonElement good) = await _service.SendAsync(HttpMethod.Post, "spaces/validate", JsonSerializer.Serialize(new { json = SampleRun.Space }));
        (_, JsonElement bad) = await _service.SendAsync(HttpMethod.Post, "spaces/validate", JsonSerializer.Serialize(new { json = SampleRun.Space.Replace("[3, 5, 7]", "[5, 3]", StringComparison.Ordinal) }));
        (_, JsonElement broken) = await _service.SendAsync(HttpMethod.Post, "spaces/validate", """{"json":"{ \"name\": "}""");
        Assert.That((good.GetProperty("valid").GetBoolean(), good.GetProperty("family").GetString()), Is.EqualTo((true, "mobile-cnn")));
        Assert.That(bad.GetProperty("errors")[0].GetProperty("path").GetString(), Does.StartWith("$.dimensions[2].choices"));
        Assert.That((broken.GetProperty("valid").GetBoolean(), broken.GetProperty("errors").GetArrayLength()), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task Save_GoodSpace_IsOfferedAfterwards()
    {
        string text = SampleRun.Space.Replace("sample-space", "saved-space", StringComparison.Ordinal);
        (int status, _) = await _service.SendAsync(HttpMethod.Post, "spaces", JsonSerializer.Serialize(new { json = text }));
        Assert.That(status, Is.EqualTo(201));
        Assert.That((await _service.GetAsync("spaces/saved-space")).GetProperty("json").GetString(), Is.EqualTo(text));
        (_, JsonElement check) = await _service.SendAsync(HttpMethod.Post, "experiments/validate", """{"json":{"name":"x","space":"saved-space"}}""");
        Assert.That(check.GetProperty("valid").GetBoolean(), Is.True);
    }

    [TestCase("../../outside")]
    [TestCase("a/b")]
    [TestCase(".hidden")]
    [TestCase("fashion-mobile")]
    public async Task Save_NameThatIsNone_WritesNothing(string name)
    {
        (int status, _) = await _service.SendAsync(HttpMethod.Post, "spaces", JsonSerializer.Serialize(new { json = SampleRun.Space.Replace("sample-space", name, StringComparison.Ordinal) }));
        Assert.That(status, Is.EqualTo(400));
        Assert.That(Directory.GetFiles(_service.Workplace.Home, "*outside*", SearchOption.AllDirectories), Is.Empty);
    }

    [TestCase("""{"name":"x","space":"../../../etc/passwd"}""")]
    [TestCase("""{"name":"x","space":"/etc/passwd"}""")]
    [TestCase("""{"name":"x","space":"fashion-mobile","data":{"name":"/etc"}}""")]
    [TestCase("""{"name":"x","space":"fashion-mobile","data":{"name":"../../.."}}""")]
    [TestCase("""{"name":"x","space":"fashion-mobile","profile":{"devices":{"local":"replay:/etc/passwd"}}}""")]
    [TestCase("""{"name":"x","space":"fashion-mobile","profile":{"devices":{"local":"replay:../../x"}}}""")]
    [TestCase("""{"name":"x","space":"fashion-mobile","objectives":[{"metric":"latency","device":"replay:/etc/passwd"}]}""")]
    public async Task Validate_ExperimentThatLeavesTheDataFolder_IsRefused(string experiment)
    {
        (int status, JsonElement check) = await _service.SendAsync(HttpMethod.Post, "experiments/validate", $$"""{"json":{{experiment}}}""");
        (int started, _) = await _service.SendAsync(HttpMethod.Post, "runs", $$"""{"experiment":{{experiment}}}""");
        Assert.That((status, check.GetProperty("valid").GetBoolean(), started), Is.EqualTo((200, false, 400)));
        Assert.That(check.GetProperty("errors")[0].GetProperty("message").GetString(), Is.Not.Empty.And.Not.Contains("root:"));
    }

    [Test]
    public async Task Validate_ExperimentWithARecordingInTheDataFolder_IsFine()
    {
        (_, JsonElement check) = await _service.SendAsync(HttpMethod.Post, "experiments/validate", """{"json":{"name":"x","space":"fashion-mobile","profile":{"devices":{"local":"replay:recorded.jsonl"}}}}""");
        Assert.That(check.GetProperty("valid").GetBoolean(), Is.True);
        Assert.That(check.GetProperty("evaluations").GetInt32(), Is.GreaterThan(0));
    }

    [TestCase("schema/space.json", 200)]
    [TestCase("schema/experiment.json", 200)]
    [TestCase("schema/nothing.json", 404)]
    [TestCase("schema/..%2F..%2FREADME.json", 404)]
    [TestCase("spaces/nothing", 404)]
    [TestCase("spaces/..%2Fexperiments%2Fquickstart", 404)]
    public async Task Get_ByName_FindsWhatIsThereAndNothingElse(string path, int status)
    {
        (int answered, _) = await _service.SendAsync(HttpMethod.Get, path);
        Assert.That(answered, Is.EqualTo(status));
    }
}
