using System.Text.Json;
using NasEngine.Core.Jobs;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class QueueEndpointTests
{
    private TestService _service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _service = await TestService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task Pause_QueueWithJobs_IsListedAndHandsNothingOutUntilResumed()
    {
        JobRecord job = await AddAsync("train");
        (int paused, JsonElement answer) = await _service.SendAsync(HttpMethod.Post, "queues/train/pause");
        Assert.That((paused, answer.GetProperty("paused").GetBoolean(), answer.GetProperty("enqueued").GetInt32()), Is.EqualTo((200, true, 1)));
        Assert.That((await QueueAsync("train")).GetProperty("pausedAt").GetDateTimeOffset(), Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
        Assert.That(await _service.Jobs.Stores.Jobs.TryStartAsync(job.Id, "w", CancellationToken.None), Is.Null);
        (int resumed, _) = await _service.SendAsync(HttpMethod.Post, "queues/train/resume");
        Assert.That((resumed, (await QueueAsync("train")).GetProperty("paused").GetBoolean()), Is.EqualTo((200, false)));
        Assert.That(await _service.Jobs.Stores.Jobs.TryStartAsync(job.Id, "w", CancellationToken.None), Is.Not.Null);
    }

    [TestCase("device:agent:pi", "device:agent:pi")]
    [TestCase("device%3Alocal%3Athreads=2", "device:local")]
    [TestCase("device:replay:%2Ftmp%2Fa.jsonl", "device:replay:/tmp/a.jsonl")]
    public async Task Pause_QueueOfADevice_IsTheOneThatItsJobsWaitIn(string path, string queue)
    {
        JobRecord job = await AddAsync(queue);
        (int status, JsonElement answer) = await _service.SendAsync(HttpMethod.Post, $"queues/{path}/pause");
        Assert.That((status, answer.GetProperty("name").GetString(), answer.GetProperty("enqueued").GetInt32()), Is.EqualTo((200, queue, 1)));
        Assert.That(await _service.Jobs.Stores.Jobs.TryStartAsync(job.Id, "w", CancellationToken.None), Is.Null);
    }

    [TestCase("queues/trian/pause")]
    [TestCase("queues/device:/pause")]
    [TestCase("workers/timeline?minutes=0", "GET")]
    [TestCase("workers/timeline?minutes=9999", "GET")]
    public async Task Request_WhatCannotBe_IsRefused(string path, string method = "POST")
    {
        (int status, JsonElement problem) = await _service.SendAsync(new HttpMethod(method), path);
        Assert.That(status, Is.EqualTo(400));
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task List_WorkerThatServesAllAgents_CountsAsServingEach()
    {
        await AddAsync("device:agent:served");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await _service.Jobs.Stores.Workers.PutWorkerAsync(
            new WorkerRecord("w", "w", "host", 1, now, now, 0, new Dictionary<string, int> { ["export"] = 1, ["device:agent:*"] = 1 }, new Dictionary<string, string>(), new WorkerCapabilities(1, false, "x")), CancellationToken.None);
        Assert.That((await QueueAsync("device:agent:served")).GetProperty("workers").GetInt32(), Is.EqualTo(1));
        Assert.That((await QueueAsync("export")).GetProperty("workers").GetInt32(), Is.EqualTo(1), "a queue that is served is listed also when it is empty");
    }

    [Test]
    public async Task Timeline_JobThatFailed_GivesWhoDidItWhenAndWhy()
    {
        JobRecord job = await AddAsync("search");
        JobRecord started = (await _service.Jobs.Stores.Jobs.TryStartAsync(job.Id, "timed", CancellationToken.None))!;
        JsonElement before = await ItemAsync(job.Id);
        await _service.Jobs.Stores.Jobs.FinishAsync(started, JobState.Failed, null, "broken", [], CancellationToken.None);
        JsonElement after = await ItemAsync(job.Id);
        Assert.That((before.GetProperty("state").GetString(), before.GetProperty("endedAt").ValueKind), Is.EqualTo(("processing", JsonValueKind.Null)));
        Assert.That((after.GetProperty("state").GetString(), after.GetProperty("note").GetString(), after.GetProperty("worker").GetString()), Is.EqualTo(("failed", "broken", "timed")));
        Assert.That(after.GetProperty("startedAt").GetDateTimeOffset(), Is.EqualTo(started.StartedAt));
        Assert.That(after.GetProperty("endedAt").GetDateTimeOffset(), Is.GreaterThanOrEqualTo(started.StartedAt!.Value));
    }

    private Task<JobRecord> AddAsync(string queue) => _service.Jobs.EnqueueAsync(new JobRequest { Kind = "test", Title = "test", Queue = queue }, CancellationToken.None);

    private async Task<JsonElement> QueueAsync(string name) => (await _service.GetAsync("queues")).GetProperty("items").EnumerateArray().Single(queue => queue.GetProperty("name").GetString() == name);

    private async Task<JsonElement> ItemAsync(string job) => (await _service.GetAsync("workers/timeline?minutes=5")).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("jobId").GetString() == job);
}
