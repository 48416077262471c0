using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class RunEndpointTests
{
    private TestService _service = null!;
    private RunRecord _run = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _service = await TestService.StartAsync();
        _run = await _service.AddRunAsync();
        await _service.AddRunAsync("older", 20, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task List_TwoPages_GivesEveryRunOnceNewestFirst()
    {
        JsonElement first = await _service.GetAsync("runs?limit=1");
        JsonElement second = await _service.GetAsync($"runs?limit=1&cursor={first.GetProperty("nextCursor").GetString()}");
        Assert.That(first.GetProperty("items")[0].GetProperty("name").GetString(), Is.EqualTo("sample"));
        Assert.That(second.GetProperty("items")[0].GetProperty("name").GetString(), Is.EqualTo("older"));
        Assert.That(first.GetProperty("total").GetInt32(), Is.EqualTo(2));
        Assert.That(second.GetProperty("nextCursor").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("runs?q=LDER", "older")]
    [TestCase("runs?sort=name", "older,sample")]
    [TestCase("runs?state=done", "sample,older")]
    [TestCase("runs?state=failed", "")]
    [TestCase("runs?space=sample-space", "sample,older")]
    [TestCase("runs?q=%25", "")]
    public async Task List_Filtered_GivesWhatMatches(string path, string names)
    {
        JsonElement page = await _service.GetAsync(path);
        Assert.That(string.Join(',', page.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("name").GetString())), Is.EqualTo(names));
    }

    [Test]
    public async Task List_FinishedRun_SumsItsFrontUp()
    {
        JsonElement run = (await _service.GetAsync("runs?q=sample-")).GetProperty("items")[0];
        JsonElement front = await _service.GetAsync($"runs/{_run.Id}/front");
        double best = front.GetProperty("points").EnumerateArray().Max(point => point.GetProperty("metrics").GetProperty("accuracy").GetDouble());
        Assert.That(run.GetProperty("evaluations").GetInt32(), Is.EqualTo(200));
        Assert.That(run.GetProperty("verified").GetInt32(), Is.EqualTo(8));
        Assert.That(run.GetProperty("frontSize").GetInt32(), Is.EqualTo(front.GetProperty("points").GetArrayLength()));
        Assert.That(run.GetProperty("best").GetProperty("accuracy").GetDouble(), Is.EqualTo(best));
        Assert.That(run.GetProperty("hypervolume").GetDouble(), Is.InRange(0.01, 1));
    }

    [Test]
    public async Task Show_Run_GivesGoalsStepsAndBudget()
    {
        JsonElement run = await _service.GetAsync("runs/sample");
        Assert.That(run.GetProperty("id").GetString(), Is.EqualTo(_run.Id));
        Assert.That(run.GetProperty("objectives")[1].GetProperty("key").GetString(), Is.EqualTo("latency@local"));
        Assert.That(run.GetProperty("steps")[0].GetProperty("state").GetString(), Is.EqualTo("done"));
        Assert.That(run.GetProperty("steps")[0].GetProperty("result").TryGetProperty("curve", out _), Is.False);
        Assert.That(run.GetProperty("steps")[1].GetProperty("state").GetString(), Is.EqualTo("waiting"));
        Assert.That(run.GetProperty("budget").GetProperty("evaluations").GetInt32(), Is.EqualTo(500));
    }

    [Test]
    public async Task Front_Verified_PutsPredictionsAndIntervalsApart()
    {
        JsonElement point = (await _service.GetAsync("runs/sample/front")).GetProperty("points")[0];
        double measured = point.GetProperty("metrics").GetProperty("latency@local").GetDouble();
        Assert.That(point.GetProperty("predicted").GetProperty("latency@local").GetDouble(), Is.EqualTo(measured / 1.02).Within(1e-12));
        Assert.That(point.GetProperty("interval").GetProperty("latency@local")[0].GetDouble(), Is.EqualTo(measured * 0.99).Within(1e-12));
        Assert.That(point.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name), Has.None.StartsWith("predicted.").And.None.Contains(".low").And.Some.EqualTo("test.accuracy"));
    }

    [Test]
    public async Task Front_OfTheSearch_EqualsTheStoresFront()
    {
        JsonElement front = await _service.GetAsync("runs/sample/front?stage=search");
        IReadOnlyList<StoredEvaluation> expected = await _service.Store.Runs.GetFrontAsync(
            _run.Id, "search", _service.Experiment(_run).Objectives, _service.Experiment(_run).Constraints, CancellationToken.None);
        Assert.That(front.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("genotype").GetString()), Is.EquivalentTo(expected.Select(row => row.Genotype)));
    }

    [Test]
    public async Task Evaluations_PageAfterPage_GivesAllInOrder()
    {
        List<long> seen = [];
        long? after = -1;
        while (after is long last)
        {
            JsonElement page = await _service.GetAsync($"runs/sample/evaluations?limit=64&after={last}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt64()));
            after = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetInt64();
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 200)));
    }

    [Test]
    public async Task Scatter_FewerThanThereAre_IsSampledAndRepeatable()
    {
        JsonElement once = await _service.GetAsync("runs/sample/scatter?x=latency@local&y=accuracy&max=50");
        JsonElement again = await _service.GetAsync("runs/sample/scatter?x=latency@local&y=accuracy&max=50");
        Assert.That(once.GetProperty("x").GetArrayLength(), Is.EqualTo(50));
        Assert.That((once.GetProperty("total").GetInt32(), once.GetProperty("sampled").GetBoolean()), Is.EqualTo((200, true)));
        Assert.That(again.GetRawText(), Is.EqualTo(once.GetRawText()));
    }

    [Test]
    public async Task Genes_OfARun_CoverEveryGeneAndMarkTheFront()
    {
        JsonElement genes = await _service.GetAsync("runs/sample/genes");
        int count = genes.GetProperty("genes").GetArrayLength();
        Assert.That(genes.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("genes").GetArrayLength()), Is.All.EqualTo(count));
        Assert.That(genes.GetProperty("items").EnumerateArray().Count(item => item.GetProperty("front").GetBoolean()), Is.InRange(1, 8));
        Assert.That(genes.GetProperty("importance").GetProperty("accuracy").GetArrayLength(), Is.EqualTo(count));
    }

    [Test]
    public async Task Network_OfAFrontMember_HasCostsAndADrawing()
    {
        string genotype = (await _service.GetAsync("runs/sample/front")).GetProperty("points")[0].GetProperty("genotype").GetString()!;
        JsonElement network = await _service.GetAsync($"runs/sample/network?genotype={Uri.EscapeDataString(genotype)}");
        Assert.That(network.GetProperty("costs").GetProperty("macs").GetInt64(), Is.GreaterThan(0));
        Assert.That(network.GetProperty("drawing").GetProperty("stages").GetArrayLength(), Is.GreaterThan(1));
    }

    [TestCase("training", "points")]
    [TestCase("predictors", "items")]
    [TestCase("hypervolume", "points")]
    public async Task Content_OfAFinishedRun_IsNotEmpty(string part, string list)
    {
        Assert.That((await _service.GetAsync($"runs/sample/{part}")).GetProperty(list).GetArrayLength(), Is.GreaterThan(0));
    }

    [Test]
    public async Task Compare_TwoRuns_GivesBothFronts()
    {
        JsonElement compared = await _service.GetAsync("compare?runs=sample,older");
        Assert.That(compared.GetProperty("fronts").GetArrayLength(), Is.EqualTo(2));
        Assert.That(compared.GetProperty("objectives").GetArrayLength(), Is.EqualTo(2));
    }

    [TestCase("runs/nothing", 404)]
    [TestCase("runs/nothing/front", 404)]
    [TestCase("runs/sample/artefacts/nothing", 404)]
    [TestCase("runs/sample/report", 404)]
    [TestCase("runs/..%2F..%2Fetc", 404)]
    [TestCase("runs?limit=0", 400)]
    [TestCase("runs?limit=many", 400)]
    [TestCase("runs?state=asleep", 400)]
    [TestCase("runs?sort=colour", 400)]
    [TestCase("runs?cursor=%00", 400)]
    [TestCase("runs/sample/front?stage=train", 400)]
    [TestCase("runs/sample/evaluations?after=-2", 400)]
    [TestCase("runs/sample/scatter", 400)]
    [TestCase("runs/sample/network?genotype=depth=9", 400)]
    [TestCase("compare", 400)]
    [TestCase("compare?runs=sample,nothing", 404)]
    public async Task Get_WhatCannotBe_AnswersAProblem(string path, int status)
    {
        (int answered, JsonElement problem) = await _service.SendAsync(HttpMethod.Get, path);
        Assert.That(answered, Is.EqualTo(status));
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
    }
}
