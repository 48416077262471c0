using NasEngine.Core.Jobs;
using NUnit.Framework;

namespace NasEngine.Testing.Jobs;

/// <summary>What stores keep to when queues are paused, and what they tell of attempts.</summary>
public abstract partial class JobStoreContract
{
    [Test]
    public async Task TryStartAsync_QueueIsPaused_NotBeforeItIsResumedAndAScheduleHearsOfItAgain()
    {
        JobRecord job = await AddAsync(Request("a") with { Queue = "train" }), other = await AddAsync(Request("b"));
        await Jobs.MarkPlannedAsync(await Jobs.GetUnplannedAsync(10, default), default);
        await _stores.Queues.PauseAsync("train", default);
        Assert.That(await Jobs.TryStartAsync(job.Id, "w", default), Is.Null);
        Assert.That(await Jobs.TryStartAsync(other.Id, "w", default), Is.Not.Null);
        Assert.That((await Jobs.FindAsync(job.Id, default))!.State, Is.EqualTo(JobState.Enqueued));
        Assert.That(await Jobs.GetPlannedAsync(default), Is.Empty, "what has fired is gone from the schedule");
        Assert.That(await Jobs.GetUnplannedAsync(10, default), Is.Empty, "nothing is to be planned while it is paused");

        await _stores.Queues.ResumeAsync("train", default);
        Assert.That((await Jobs.GetUnplannedAsync(10, default)).Select(known => known.Id), Is.EqualTo((string[])[job.Id]));
        Assert.That(await Jobs.TryStartAsync(job.Id, "w", default), Is.Not.Null);
    }

    [Test]
    public async Task PauseAsync_JobUnderWayAndScheduledOne_EndsAndWaits()
    {
        JobRecord running = await StartAsync(await AddAsync(Request("a"))), later = await AddAsync(Request("b") with { DueAt = _time.GetUtcNow().AddSeconds(5) });
        await _stores.Queues.PauseAsync("plan", default);
        _time.Pass(10);
        Assert.That(await Jobs.TryStartAsync(later.Id, "w", default), Is.Null);
        Assert.That(await Jobs.FinishAsync(running, JobState.Succeeded, null, null, [Request("c")], default), Is.True);
        Assert.That((await Jobs.CountAsync(null, default))[JobState.Enqueued], Is.EqualTo(1), "what follows waits, too");
    }

    [Test]
    public async Task Queues_PausedTwiceAndFilled_AreListedWithWhatIsInThem()
    {
        DateTimeOffset since = _time.GetUtcNow();
        await _stores.Queues.PauseAsync("train", default);
        _time.Pass(60);
        await _stores.Queues.PauseAsync("train", default);
        await _stores.Queues.PauseAsync("device:replay:/tmp/ä.jsonl", default);
        await _stores.Queues.ResumeAsync("search", default);
        await StartAsync(await AddAsync(Request("a")));
        await AddAsync(Request("b"));
        await AddAsync(Request("c"));
        IReadOnlyList<QueueRecord> queues = await _stores.Queues.ListAsync(default);
        Assert.That(queues.Select(queue => (queue.Name, queue.PausedAt)), Is.EqualTo((ValueTuple<string, DateTimeOffset?>[])[("device:replay:/tmp/ä.jsonl", since.AddSeconds(60)), ("plan", null), ("train", since)]));
        Assert.That(queues[1].Jobs, Is.EquivalentTo(new Dictionary<JobState, long> { [JobState.Enqueued] = 2, [JobState.Processing] = 1 }));
        Assert.That(await _stores.Queues.GetPausedAsync(default), Is.EqualTo((string[])["device:replay:/tmp/ä.jsonl", "train"]));
    }

    [Test]
    public async Task GetAttemptsAsync_JobsThatEndedInEveryWay_GiveEachTimeAWorkerWasAtThem()
    {
        DateTimeOffset start = _time.GetUtcNow();
        JobRecord old = await AddAsync(Request("old"));
        await FinishAsync(old, JobState.Succeeded);
        _time.Pass(100);
        JobRecord job = await StartAsync(await AddAsync(Request("retried") with { RunId = "r" }));
        _time.Pass(5);
        await Jobs.RetryAsync(job, _time.GetUtcNow(), "no luck", default);
        _time.Pass(5);
        job = await StartAsync(job);
        _time.Pass(5);
        await Jobs.DeleteAsync([job.Id], default); // asked to stop: the same attempt goes on
        _time.Pass(5);
        await Jobs.FinishAsync(job, JobState.Deleted, null, "Cancelled", [], default);
        JobRecord orphan = await StartAsync(await AddAsync(Request("orphan")));
        _time.Pass(5);
        await Jobs.TakeFromAsync("w", "the worker died", default);
        await Jobs.TryStartAsync(orphan.Id, "other", default);

        IReadOnlyList<JobAttempt> attempts = await _stores.Log.GetAttemptsAsync(start.AddSeconds(50), 10, default);
        Assert.That(
            attempts.Select(attempt => (attempt.Title, attempt.Worker, attempt.State, attempt.Note, (attempt.StartedAt - start).TotalSeconds, (attempt.EndedAt - start)?.TotalSeconds)),
            Is.EqualTo((ValueTuple<string, string, JobState, string?, double, double?>[])
            [
                ("retried", "w", JobState.Scheduled, "no luck", 100, 105), ("retried", "w", JobState.Deleted, "Cancelled", 110, 120),
                ("orphan", "w", JobState.Enqueued, "the worker died", 120, 125), ("orphan", "other", JobState.Processing, null, 125, null),
            ]));
        Assert.That((attempts[0].JobId, attempts[0].Kind, attempts[0].Queue, attempts[0].RunId), Is.EqualTo((job.Id, "test", "plan", "r")));
        Assert.That((await _stores.Log.GetAttemptsAsync(start.AddSeconds(50), 2, default)).Select(attempt => attempt.State), Is.EqualTo((JobState[])[JobState.Enqueued, JobState.Processing]));
        Assert.That(await _stores.Log.GetAttemptsAsync(start, 10, default), Has.Count.EqualTo(5));
    }
}
