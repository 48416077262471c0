using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

/// <summary>Runs that are to stop after a step, and the training curve while it grows.</summary>
internal sealed class RunUntilTests
{
    private TestService _service = null!;

    [SetUp]
    public async Task StartAsync() => _service = await TestService.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [TestCase(null, "fit", "fit")]
    [TestCase("train", "search", "search")]
    [TestCase("search", "train", "search")]
    [TestCase("train", "profile", "train,profile")]
    [TestCase("profile", null, null)]
    public async Task Start_WhileTheRunIsUnderWay_GoesAsFarAsAnybodyAsked(string? first, string? second, string? expected)
    {
        string id = await StartAsync(first ?? "train");
        if (first is null)
        {
            // Nothing is under way any more: the new aim counts alone.
            await _service.Jobs.StopRunAsync(id, default);
        }

        Assert.That(await StartAsync(second), Is.EqualTo(id));
        JsonElement run = await _service.GetAsync($"runs/{id}");
        Assert.That((run.GetProperty("state").GetString(), run.GetProperty("until").GetString()), Is.EqualTo(("running", expected)));
    }

    [Test]
    public async Task Resume_RunThatWasToStopAfterAStep_GoesToItsEnd()
    {
        string id = await StartAsync("train");
        await _service.Jobs.StopRunAsync(id, default);
        await _service.SendAsync(HttpMethod.Post, $"runs/{id}/resume");
        Assert.That((await _service.GetAsync($"runs/{id}")).GetProperty("until").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("paint")]
    [TestCase("train,profile")]
    public async Task Start_UntilAStepThatIsNone_IsRefused(string until)
    {
        (int status, JsonElement body) = await _service.SendAsync(HttpMethod.Post, "runs", Request(until));
        Assert.That(status, Is.EqualTo(400), body.ToString());
        Assert.That(body.GetProperty("detail").GetString(), Does.Contain("step").And.Contain("profile"));
    }

    [Test]
    public async Task Step_DoneAndNot_IsGivenWholeAndMissed()
    {
        RunRecord run = await _service.AddRunAsync();
        JsonElement step = await _service.GetAsync($"runs/{run.Id}/steps/train");
        (int missing, _) = await _service.SendAsync(HttpMethod.Get, $"runs/{run.Id}/steps/fit");
        Assert.That(step.GetProperty("result").GetProperty("curve").GetArrayLength(), Is.EqualTo(1));
        Assert.That(missing, Is.EqualTo(404));
    }

    [Test]
    public async Task Training_WhileItGoesOn_GivesTheCurveSoFarAndItsProgress()
    {
        string id = await StartAsync("train");
        await _service.Store.Runs.PutTrainingAsync(id, "k", -1,
        [
            new StoredTrainingPoint("k", 10, """{"step":10,"learningRate":0.1,"largestLoss":2,"smallestLoss":3,"randomLoss":null}"""),
            new StoredTrainingPoint("k", 20, """{"step":20,"learningRate":0.1,"largestLoss":1,"smallestLoss":2,"randomLoss":null,"validation":{"largestAccuracy":0.5,"smallestAccuracy":0.25,"images":64}}"""),
        ], default);
        JsonElement training = await _service.GetAsync($"runs/{id}/training");
        Assert.That(training.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("largestLoss").GetDouble()), Is.EqualTo(new[] { 2.0, 1.0 }));
        Assert.That(training.GetProperty("points").EnumerateArray().Any(point => point.TryGetProperty("validation", out _)), Is.False);
        Assert.That(training.GetProperty("validation").GetRawText(), Is.EqualTo("""[{"step":20,"largestAccuracy":0.5,"smallestAccuracy":0.25,"images":64}]"""));
        JsonElement progress = (await _service.GetAsync($"runs/{id}")).GetProperty("progress");
        Assert.That(progress.GetRawText(), Is.EqualTo("""{"step":"train","done":20,"total":60}"""));
        Assert.That((await _service.Jobs.Stores.Jobs.CountAsync(id, default))[JobState.Enqueued], Is.EqualTo(1));
    }

    private static string Request(string? until)
    {
        JsonObject request = JsonNode.Parse(SampleRun.StartRequest("until"))!.AsObject();
        request["until"] = until;
        return request.ToJsonString();
    }

    private async Task<string> StartAsync(string? until)
    {
        (int status, JsonElement body) = await _service.SendAsync(HttpMethod.Post, "runs", Request(until));
        Assert.That(status, Is.EqualTo(202), body.ToString());
        return body.GetProperty("runId").GetString()!;
    }
}
