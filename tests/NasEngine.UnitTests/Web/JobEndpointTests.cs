using System.Text.Json;
using NasEngine.Core.Jobs;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class JobEndpointTests
{
    private TestService _service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _service = await TestService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task List_Filtered_GivesPagesOfMatchingJobs()
    {
        await AddAsync("measure", "device:listed", "run-a");
        await AddAsync("train", "train", "run-a");
        await AddAsync("measure", "device:listed", "run-b");
        JsonElement first = await _service.GetAsync("jobs?state=enqueued&queue=device:listed&limit=1");
        JsonElement second = await _service.GetAsync($"jobs?state=enqueued&queue=device:listed&limit=1&cursor={first.GetProperty("nextCursor").GetString()}");
        Assert.That(first.GetProperty("total").GetInt32(), Is.EqualTo(2));
        Assert.That(second.GetProperty("items")[0].GetProperty("runId").GetString(), Is.EqualTo("run-a"));
        Assert.That((await _service.GetAsync("jobs?kind=train&run=run-a")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Show_JobUnderWay_GivesProgressConsoleAndHistory()
    {
        JobRecord job = await ProcessingAsync();
        await _service.Jobs.Stores.Log.WriteAsync(
            job.Id, [(DateTimeOffset.UnixEpoch, "first"), (DateTimeOffset.UnixEpoch, "second")], [new JobProgress(0, "evaluate", 3, 8, "subnet", "accuracy 90 %")], CancellationToken.None);
        JsonElement shown = await _service.GetAsync($"jobs/{job.Id}");
        JsonElement console = await _service.GetAsync($"jobs/{job.Id}/console?after=1");
        Assert.That(shown.GetProperty("state").GetString(), Is.EqualTo("processing"));
        Assert.That(shown.GetProperty("progress")[0].GetProperty("done").GetInt32(), Is.EqualTo(3));
        Assert.That(shown.GetProperty("history").EnumerateArray().Select(change => change.GetProperty("state").GetString()), Is.EqualTo(new[] { "enqueued", "processing" }));
        Assert.That(console.GetProperty("lines").EnumerateArray().Single().GetProperty("text").GetString(), Is.EqualTo("second"));
        Assert.That(console.GetProperty("next").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Requeue_FailedJob_IsEnqueuedAgain()
    {
        JobRecord job = await ProcessingAsync();
        await _service.Jobs.Stores.Jobs.FinishAsync(job, JobState.Failed, null, "broken", [], CancellationToken.None);
        (int status, _) = await _service.SendAsync(HttpMethod.Post, $"jobs/{job.Id}/requeue");
        Assert.That(status, Is.EqualTo(200));
        Assert.That((await _service.GetAsync($"jobs/{job.Id}")).GetProperty("state").GetString(), Is.EqualTo("enqueued"));
    }

    [Test]
    public async Task Delete_JobUnderWay_AsksItsWorkerToStop()
    {
        JobRecord job = await ProcessingAsync();
        (int status, _) = await _service.SendAsync(HttpMethod.Post, $"jobs/{job.Id}/delete");
        Assert.That(status, Is.EqualTo(200));
        Assert.That((await _service.GetAsync($"jobs/{job.Id}")).GetProperty("cancelRequested").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Batch_Delete_ChangesAllAndSaysWhich()
    {
        JobRecord first = await AddAsync("train", "train", null), second = await AddAsync("fit", "search", null);
        (int status, JsonElement changed) = await _service.SendAsync(HttpMethod.Post, "jobs/batch", $$"""{"action":"delete","ids":["{{first.Id}}","{{second.Id}}","unknown"]}""");
        Assert.That(status, Is.EqualTo(200));
        Assert.That(changed.GetProperty("ids").EnumerateArray().Select(id => id.GetString()), Is.EquivalentTo(new[] { first.Id, second.Id }));
        Assert.That((await _service.GetAsync("status")).GetProperty("jobs").GetProperty("deleted").GetInt32(), Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task Patch_Priority_ChangesItWithinItsRange()
    {
        JobRecord job = await AddAsync("train", "train", null);
        (int changed, JsonElement body) = await _service.SendAsync(HttpMethod.Patch, $"jobs/{job.Id}", """{"priority":7}""");
        (int refused, _) = await _service.SendAsync(HttpMethod.Patch, $"jobs/{job.Id}", """{"priority":1000}""");
        Assert.That((changed, body.GetProperty("priority").GetInt32(), refused), Is.EqualTo((200, 7, 400)));
    }

    [Test]
    public async Task History_ADay_HasABucketForEveryHour()
    {
        JobRecord job = await ProcessingAsync();
        await _service.Jobs.Stores.Jobs.FinishAsync(job, JobState.Succeeded, "{}", null, [], CancellationToken.None);
        JsonElement buckets = (await _service.GetAsync("jobs/history?hours=24")).GetProperty("buckets");
        Assert.That(buckets.GetArrayLength(), Is.EqualTo(24));
        Assert.That(buckets.EnumerateArray().Sum(bucket => bucket.GetProperty("succeeded").GetInt64()), Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task Recurring_PutTriggerDelete_DoesEach()
    {
        (int put, JsonElement stored) = await _service.SendAsync(HttpMethod.Put, "recurring/nightly", """{"kind":"device.drift","payload":{"device":"local"},"cron":"0 30 3 * * ?","enabled":true}""");
        (int triggered, JsonElement job) = await _service.SendAsync(HttpMethod.Post, "recurring/nightly/trigger");
        (int deleted, _) = await _service.SendAsync(HttpMethod.Delete, "recurring/nightly");
        (int gone, _) = await _service.SendAsync(HttpMethod.Delete, "recurring/nightly");
        Assert.That((put, triggered, deleted, gone), Is.EqualTo((200, 202, 204, 404)));
        Assert.That(stored.GetProperty("nextAt").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That((await _service.GetAsync($"jobs/{job.GetProperty("jobId").GetString()}")).GetProperty("kind").GetString(), Is.EqualTo("device.drift"));
    }

    [Test]
    public async Task Recurring_RunOfAnExperiment_IsPutAndMakesAJobThatStartsIt()
    {
        string run = (await _service.AddRunAsync("repeated")).Id;
        (int put, _) = await _service.SendAsync(HttpMethod.Put, "recurring/weekly", $$"""{"kind":"run","payload":{"run":"{{run}}","seed":"counter"},"cron":"0 0 3 ? * SUN"}""");
        (int triggered, JsonElement job) = await _service.SendAsync(HttpMethod.Post, "recurring/weekly/trigger");
        Assert.That((put, triggered), Is.EqualTo((200, 202)));
        JsonElement made = await _service.GetAsync($"jobs/{job.GetProperty("jobId").GetString()}");
        Assert.That((made.GetProperty("kind").GetString(), made.GetProperty("payload").GetProperty("number").GetInt64()), Is.EqualTo(("run.start", 1)));
        Assert.That((await _service.SendAsync(HttpMethod.Delete, "recurring/upkeep")).Status, Is.EqualTo(400));
    }

    [TestCase("""{"kind":"run","payload":{"run":"none"},"cron":"0 30 3 * * ?"}""")]
    [TestCase("""{"kind":"upkeep","payload":{"retentionDays":3},"cron":"0 30 3 * * ?"}""")]
    [TestCase("""{"kind":"device.drift","payload":{"device":"local"},"cron":"every day"}""")]
    [TestCase("""{"kind":"format.disk","payload":{},"cron":"0 30 3 * * ?"}""")]
    [TestCase("""{"kind":"device.drift","payload":{},"cron":"0 30 3 * * ?"}""")]
    [TestCase("""{}""")]
    public async Task Recurring_PutNonsense_IsRefused(string body)
    {
        (int status, _) = await _service.SendAsync(HttpMethod.Put, "recurring/nightly", body);
        Assert.That(status, Is.EqualTo(400));
    }

    [Test]
    public async Task Runs_StartStopResumeDelete_MoveTheRunAlong()
    {
        (int started, JsonElement run) = await _service.SendAsync(HttpMethod.Post, "runs", SampleRun.StartRequest("fresh"));
        string id = run.GetProperty("runId").GetString()!;
        string running = (await _service.GetAsync($"runs/{id}")).GetProperty("state").GetString()!;
        (int budget, JsonElement changed) = await _service.SendAsync(HttpMethod.Patch, $"runs/{id}/budget", """{"evaluations":900}""");
        (int stopped, _) = await _service.SendAsync(HttpMethod.Post, $"runs/{id}/stop");
        (int resumed, _) = await _service.SendAsync(HttpMethod.Post, $"runs/{id}/resume");
        (int deleted, _) = await _service.SendAsync(HttpMethod.Delete, $"runs/{id}");
        (int gone, _) = await _service.SendAsync(HttpMethod.Get, $"runs/{id}");
        Assert.That((started, running, budget, stopped, resumed, deleted, gone), Is.EqualTo((202, "running", 200, 204, 202, 204, 404)));
        Assert.That((changed.GetProperty("evaluations").GetInt32(), changed.GetProperty("verify").GetInt32()), Is.EqualTo((900, 8)));
    }

    [Test]
    public async Task Export_OfARun_AddsAJob()
    {
        await _service.AddRunAsync();
        (int status, JsonElement job) = await _service.SendAsync(HttpMethod.Post, "runs/sample/export", """{"pick":"fastest","format":"fp32"}""");
        (int refused, _) = await _service.SendAsync(HttpMethod.Post, "runs/sample/export", """{"pick":"fastest","format":"int3"}""");
        Assert.That((status, refused), Is.EqualTo((202, 400)));
        Assert.That((await _service.GetAsync($"jobs/{job.GetProperty("jobId").GetString()}")).GetProperty("queue").GetString(), Is.EqualTo("export"));
    }

    [TestCase("GET", "jobs/nothing", null, 404)]
    [TestCase("GET", "jobs?state=asleep", null, 400)]
    [TestCase("GET", "jobs/history?hours=0", null, 400)]
    [TestCase("POST", "jobs/nothing/requeue", null, 404)]
    [TestCase("POST", "jobs/batch", """{"action":"hug","ids":["a"]}""", 400)]
    [TestCase("POST", "jobs/batch", """{"action":"delete","ids":[]}""", 400)]
    [TestCase("POST", "jobs/batch", """{"action":"delete","ids":""", 400)]
    [TestCase("POST", "runs", """{"experiment":{"name":"x"}}""", 400)]
    [TestCase("POST", "runs", "{}", 400)]
    [TestCase("POST", "runs/nothing/stop", null, 404)]
    [TestCase("PATCH", "runs/nothing/budget", """{"evaluations":1}""", 404)]
    [TestCase("PATCH", "settings", """{"retentionDays":-1}""", 400)]
    [TestCase("POST", "recurring/none/trigger", null, 404)]
    [TestCase("POST", "nothing/at/all", "{}", 404)]
    public async Task Send_WhatCannotBe_AnswersAProblem(string method, string path, string? body, int expected)
    {
        (int status, JsonElement problem) = await _service.SendAsync(new HttpMethod(method), path, body);
        Assert.That(status, Is.EqualTo(expected));
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty.And.Not.Contains("   at "));
    }

    private async Task<JobRecord> AddAsync(string kind, string queue, string? run) =>
        await _service.Jobs.EnqueueAsync(new JobRequest { Kind = kind, Title = kind, Queue = queue, RunId = run }, CancellationToken.None);

    private async Task<JobRecord> ProcessingAsync() =>
        (await _service.Jobs.Stores.Jobs.TryStartAsync((await AddAsync("evaluate", "evaluate", null)).Id, "worker", CancellationToken.None))!;
}
