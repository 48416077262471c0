using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Storage;
using NasEngine.Testing.Devices;
using NUnit.Framework;

namespace NasEngine.Testing.Jobs;

/// <summary>What every store of jobs keeps to.</summary>
[TestFixture]
public abstract partial class JobStoreContract
{
    private readonly ManualTime _time = new();
    private NasStore _store = null!;
    private JobStores _stores = null!;

    private IJobStore Jobs => _stores.Jobs;

    [SetUp]
    public async Task OpenStore()
    {
        _store = await OpenEmptyStoreAsync();
        _stores = _store.Jobs(_time);
    }

    [TearDown]
    public async Task CloseStore() => await _store.DisposeAsync();

    [Test]
    public async Task AddAsync_AJob_IsEnqueuedAndFoundAgain()
    {
        JobRecord job = await AddAsync(Request("a") with { Priority = 7, RunId = "r", Payload = """{"x":1}""", Key = "k", MaxAttempts = 5 });
        JobRecord? found = await Jobs.FindAsync(job.Id, default);
        Assert.That(found, Is.EqualTo(job));
        Assert.That(
            (found!.State, found.Priority, found.RunId, found.Payload, found.Key, found.MaxAttempts, found.Attempt, found.CreatedAt),
            Is.EqualTo((JobState.Enqueued, 7, "r", """{"x":1}""", "k", 5, 0, _time.GetUtcNow())));
        Assert.That(await Jobs.FindAsync("none", default), Is.Null);
    }

    [Test]
    public async Task AddAsync_KeyOfAnUnfinishedJob_GivesThatOne()
    {
        JobRecord first = await AddAsync(Request("a") with { Key = "k" });
        JobRecord second = await AddAsync(Request("b") with { Key = "k" });
        Assert.That(second.Id, Is.EqualTo(first.Id));
        await FinishAsync(first, JobState.Succeeded);
        Assert.That((await AddAsync(Request("c") with { Key = "k" })).Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task AddAsync_SameKeyFromManySides_MakesOneJob()
    {
        JobRecord[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AddAsync(Request("a") with { Key = "k" }))));
        Assert.That(all.Select(job => job.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await Jobs.ListAsync(new JobQuery(), default)).Total, Is.EqualTo(1));
    }

    [Test]
    public async Task FinishAsync_LastOfSeveralCauses_ReleasesWhatWaits()
    {
        IReadOnlyList<JobRecord> jobs = await Jobs.AddAsync([Request("a") with { Id = "1" }, Request("b") with { Id = "2" }, Request("c") with { After = ["1", "2"] }], default);
        Assert.That(jobs[2].State, Is.EqualTo(JobState.Awaiting));
        Assert.That(await Jobs.GetAfterAsync(jobs[2].Id, default), Is.EqualTo((string[])["1", "2"]));
        await FinishAsync(jobs[0], JobState.Succeeded);
        Assert.That((await Jobs.FindAsync(jobs[2].Id, default))!.State, Is.EqualTo(JobState.Awaiting));
        await FinishAsync(jobs[1], JobState.Succeeded);
        Assert.That((await Jobs.FindAsync(jobs[2].Id, default))!.State, Is.EqualTo(JobState.Enqueued));
    }

    [Test]
    public async Task FinishAsync_CausesThatEndAtOnce_ReleaseOnce()
    {
        string[] causes = [.. Enumerable.Range(0, 12).Select(number => $"cause-{number}")];
        IReadOnlyList<JobRecord> jobs = await Jobs.AddAsync([.. causes.Select(id => Request(id) with { Id = id }), Request("last") with { After = causes }], default);
        await Task.WhenAll(jobs.Take(12).Select(job => Task.Run(() => FinishAsync(job, JobState.Succeeded))));
        Assert.That((await Jobs.FindAsync(jobs[12].Id, default))!.State, Is.EqualTo(JobState.Enqueued));
        Assert.That((await _stores.Log.GetHistoryAsync(jobs[12].Id, default)).Select(change => change.State), Is.EqualTo((JobState[])[JobState.Awaiting, JobState.Enqueued]));
    }

    [Test]
    public async Task FinishAsync_CauseFails_ContinuationWaitsUntilItSucceedsAfterAll()
    {
        IReadOnlyList<JobRecord> jobs = await Jobs.AddAsync([Request("a") with { Id = "1" }, Request("b") with { After = ["1"] }], default);
        await FinishAsync(jobs[0], JobState.Failed);
        Assert.That((await Jobs.FindAsync(jobs[1].Id, default))!.State, Is.EqualTo(JobState.Awaiting));
        Assert.That(await Jobs.RequeueAsync(["1"], default), Has.Count.EqualTo(1));
        await FinishAsync(jobs[0], JobState.Succeeded);
        Assert.That((await Jobs.FindAsync(jobs[1].Id, default))!.State, Is.EqualTo(JobState.Enqueued));
    }

    [Test]
    public async Task AddAsync_AfterAJobThatSucceeded_IsEnqueuedAtOnceAndAfterNoneFails()
    {
        JobRecord done = await AddAsync(Request("a"));
        await FinishAsync(done, JobState.Succeeded);
        Assert.That((await AddAsync(Request("b") with { After = [done.Id] })).State, Is.EqualTo(JobState.Enqueued));
        Assert.That(() => AddAsync(Request("c") with { After = ["none"] }), Throws.TypeOf<UsageException>().With.Message.Contains("'none'"));
    }

    [Test]
    public async Task TryStartAsync_ManyWorkers_OneGetsIt()
    {
        JobRecord job = await AddAsync(Request("a"));
        JobRecord?[] got = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => Jobs.TryStartAsync(job.Id, $"w{number}", default))));
        JobRecord started = got.OfType<JobRecord>().Single();
        Assert.That((started.State, started.Attempt, started.Execution, started.StartedAt), Is.EqualTo((JobState.Processing, 1, started.Execution, (DateTimeOffset?)_time.GetUtcNow())));
        Assert.That(await Jobs.HeldByAsync(started.Worker!, default), Is.EqualTo((JobRecord[])[started]));
        Assert.That(await Jobs.GetHoldersAsync(default), Is.EqualTo((string[])[started.Worker!]));
    }

    [Test]
    public async Task TryStartAsync_ScheduledJob_NotBeforeItIsDue()
    {
        JobRecord job = await AddAsync(Request("a") with { DueAt = _time.GetUtcNow().AddMinutes(1) });
        Assert.That(job.State, Is.EqualTo(JobState.Scheduled));
        Assert.That(await Jobs.TryStartAsync(job.Id, "w", default), Is.Null);
        _time.Pass(60);
        Assert.That(await Jobs.TryStartAsync(job.Id, "w", default), Is.Not.Null);
    }

    [Test]
    public async Task FinishAsync_AttemptThatLostTheJob_ChangesNothing()
    {
        JobRecord job = await AddAsync(Request("a"));
        JobRecord lost = (await Jobs.TryStartAsync(job.Id, "dead", default))!;
        await Jobs.TakeFromAsync("dead", "gone", default);
        JobRecord taken = (await Jobs.TryStartAsync(job.Id, "alive", default))!;
        Assert.That(await Jobs.FinishAsync(lost, JobState.Succeeded, null, null, [Request("b")], default), Is.False);
        Assert.That(await Jobs.RetryAsync(lost, _time.GetUtcNow(), "x", default), Is.False);
        Assert.That(await Jobs.ReleaseAsync(lost, null, "x", default), Is.False);
        Assert.That((await Jobs.ListAsync(new JobQuery(), default)).Total, Is.EqualTo(1));
        Assert.That(await Jobs.FinishAsync(taken, JobState.Succeeded, """{"y":2}""", null, [], default), Is.True);
        Assert.That(((await Jobs.FindAsync(job.Id, default))!.Attempt, taken.Interruptions), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task RetryAsync_FailedAttempt_WaitsAndCounts()
    {
        JobRecord job = await StartAsync(await AddAsync(Request("a")));
        Assert.That(await Jobs.RetryAsync(job, _time.GetUtcNow().AddSeconds(10), "no luck", default), Is.True);
        JobRecord later = (await Jobs.FindAsync(job.Id, default))!;
        Assert.That((later.State, later.Error, later.DueAt, later.Attempt), Is.EqualTo((JobState.Scheduled, "no luck", (DateTimeOffset?)_time.GetUtcNow().AddSeconds(10), 1)));
        _time.Pass(10);
        Assert.That((await StartAsync(later)).Attempt, Is.EqualTo(2));
    }

    [Test]
    public async Task ReleaseAsync_AttemptGivenBack_DoesNotCount()
    {
        JobRecord job = await StartAsync(await AddAsync(Request("a")));
        Assert.That(await Jobs.ReleaseAsync(job, null, "stopping", default), Is.True);
        Assert.That((await StartAsync(job)).Attempt, Is.EqualTo(1));
    }

    [Test]
    public async Task DeleteAsync_WaitingAndRunningJobs_DeletesOrAsks()
    {
        JobRecord waiting = await AddAsync(Request("a")), running = await StartAsync(await AddAsync(Request("b")));
        IReadOnlyList<JobRecord> changed = await Jobs.DeleteAsync([waiting.Id, running.Id, "none"], default);
        Assert.That(changed.Select(job => (job.Id, job.State, job.CancelRequested)), Is.EquivalentTo(
            (ValueTuple<string, JobState, bool>[])[(waiting.Id, JobState.Deleted, false), (running.Id, JobState.Processing, true)]));

        // It ended well before it heard of it: what it did is kept, but nothing follows.
        await Jobs.FinishAsync(running, JobState.Succeeded, null, null, [Request("c")], default);
        Assert.That((await Jobs.FindAsync(running.Id, default))!.State, Is.EqualTo(JobState.Deleted));
        Assert.That((await Jobs.ListAsync(new JobQuery(), default)).Total, Is.EqualTo(2));
    }

    [Test]
    public async Task TakeFromAsync_JobThatWasToStop_IsDeleted()
    {
        JobRecord job = await StartAsync(await AddAsync(Request("a")));
        await Jobs.DeleteAsync([job.Id], default);
        await Jobs.TakeFromAsync(job.Worker!, "gone", default);
        Assert.That((await Jobs.FindAsync(job.Id, default))!.State, Is.EqualTo(JobState.Deleted));
    }

    [Test]
    public async Task TakeFromAsync_WorkersThatKeepDying_FailsInTheEnd()
    {
        JobRecord job = await AddAsync(Request("a"));
        int deaths = 0;
        while ((await Jobs.FindAsync(job.Id, default))!.State == JobState.Enqueued && deaths < 100)
        {
            await StartAsync(job);
            await Jobs.TakeFromAsync("w", "gone", default);
            deaths++;
        }

        Assert.That(deaths, Is.EqualTo(26));
        Assert.That((await Jobs.FindAsync(job.Id, default))!.Error, Does.Contain("26 workers in a row"));
    }

    [Test]
    public async Task RequeueAsync_FinishedJob_StartsFromTheBeginningUnlessItsKeyIsTaken()
    {
        JobRecord job = await AddAsync(Request("a") with { Key = "k" });
        await FinishAsync(job, JobState.Failed);
        JobRecord again = (await Jobs.RequeueAsync([job.Id], default)).Single();
        Assert.That((again.State, again.Attempt, again.Error), Is.EqualTo((JobState.Enqueued, 0, (string?)null)));
        await FinishAsync(job, JobState.Failed);
        await AddAsync(Request("b") with { Key = "k" });
        Assert.That(await Jobs.RequeueAsync([job.Id], default), Is.Empty);
    }

    [Test]
    public async Task ListAsync_FilteredPages_GiveEveryJobOnceNewestFirst()
    {
        List<JobRequest> requests = [.. Enumerable.Range(0, 23).Select(number => Request($"job {number}") with { RunId = number % 2 == 0 ? "even" : "odd", Queue = number % 3 == 0 ? "train" : "plan" })];
        IReadOnlyList<JobRecord> jobs = await Jobs.AddAsync(requests, default);
        List<string> seen = [];
        string? cursor = null;
        do
        {
            JobPage page = await Jobs.ListAsync(new JobQuery { RunId = "even", Cursor = cursor, Limit = 5 }, default);
            Assert.That(page.Total, Is.EqualTo(12));
            seen.AddRange(page.Jobs.Select(job => job.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.That(seen, Is.EqualTo(jobs.Where(job => job.RunId == "even").Select(job => job.Id).Reverse()));
        Assert.That((await Jobs.ListAsync(new JobQuery { Queue = "train", State = JobState.Enqueued, Kind = "test" }, default)).Total, Is.EqualTo(8));
        Assert.That((await Jobs.CountAsync("odd", default))[JobState.Enqueued], Is.EqualTo(11));
    }

    [Test]
    public async Task GetUnplannedAsync_MostUrgentFirst_UntilMarkedAsTheyWere()
    {
        JobRecord slow = await AddAsync(Request("a")), quick = await AddAsync(Request("b") with { Priority = 5 });
        IReadOnlyList<JobRecord> unplanned = await Jobs.GetUnplannedAsync(10, default);
        Assert.That(unplanned.Select(job => job.Id), Is.EqualTo((string[])[quick.Id, slow.Id]));
        await Jobs.SetPriorityAsync(slow.Id, 9, default);
        await Jobs.MarkPlannedAsync(unplanned, default);
        Assert.That((await Jobs.GetUnplannedAsync(10, default)).Select(job => job.Id), Is.EqualTo((string[])[slow.Id]));
        Assert.That(await Jobs.GetPlannedAsync(default), Is.EqualTo((string[])[quick.Id]));
        await Jobs.UnplanAsync([quick.Id], default);
        Assert.That(await Jobs.GetPlannedAsync(default), Is.Empty);
    }

    [Test]
    public async Task RemoveFinishedAsync_OldJobs_GoUnlessOthersWaitForThem()
    {
        IReadOnlyList<JobRecord> jobs = await Jobs.AddAsync([Request("old"), Request("needed") with { Id = "n" }, Request("waits") with { After = ["n"] }], default);
        await FinishAsync(jobs[0], JobState.Succeeded);
        await FinishAsync(jobs[1], JobState.Failed);
        await _stores.Log.WriteAsync(jobs[0].Id, [(_time.GetUtcNow(), "line")], [], default);
        _time.Pass(100);
        Assert.That(await Jobs.RemoveFinishedAsync(_time.GetUtcNow().AddSeconds(-50), default), Is.EqualTo(1));
        Assert.That(await Jobs.FindAsync(jobs[0].Id, default), Is.Null);
        Assert.That((await _stores.Log.GetHoursAsync(DateTimeOffset.UnixEpoch, default)).Single(), Is.EqualTo(new JobHour(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 1, 1)));
    }

    [Test]
    public async Task WriteAsync_LinesAndBars_AreReadInOrder()
    {
        JobRecord job = await AddAsync(Request("a") with { RunId = "r" });
        await _stores.Log.WriteAsync(job.Id, [(_time.GetUtcNow(), "one"), (_time.GetUtcNow(), "two")], [new JobProgress(0, "train", 1, 10, "step", null)], default);
        await _stores.Log.WriteAsync(job.Id, [(_time.GetUtcNow(), "three")], [new JobProgress(0, "train", 4, 10, "step", "loss 0.4")], default);
        await _stores.Log.WriteAsync("none", [(_time.GetUtcNow(), "lost")], [], default);
        Assert.That((await _stores.Log.GetConsoleAsync(job.Id, 1, 10, default)).Select(line => (line.Number, line.Text)), Is.EqualTo((ValueTuple<long, string>[])[(2, "two"), (3, "three")]));
        Assert.That(await _stores.Log.GetProgressAsync(job.Id, default), Is.EqualTo((JobProgress[])[new JobProgress(0, "train", 4, 10, "step", "loss 0.4")]));
        Assert.That(await _stores.Log.GetRunProgressAsync("r", default), Is.Empty);
        await StartAsync(job);
        Assert.That((await _stores.Log.GetRunProgressAsync("r", default)).Keys, Is.EqualTo((string[])[job.Id]));
        long last = await _stores.Log.GetLastChangeAsync(default);
        Assert.That((await _stores.Log.GetChangesAsync(last - 1, 10, default)).Single().State, Is.EqualTo(JobState.Processing));
    }

    [Test]
    public async Task Workers_BeatAndRemoval_AreSeen()
    {
        WorkerRecord worker = new(
            "w", "name", "host", 42, _time.GetUtcNow(), _time.GetUtcNow(), 0, new Dictionary<string, int> { ["train"] = 1 }, new Dictionary<string, string> { ["pi"] = "local:threads=4" },
            new WorkerCapabilities(4, true, "linux"));
        await _stores.Workers.PutWorkerAsync(worker, default);
        _time.Pass(2);
        Assert.That(await _stores.Workers.BeatAsync("w", _time.GetUtcNow(), default), Is.True);
        WorkerRecord seen = (await _stores.Workers.GetWorkersAsync(default)).Single();
        Assert.That((seen.Beat, seen.LastSeen, seen.Queues["train"], seen.Devices["pi"], seen.Capabilities), Is.EqualTo((1L, _time.GetUtcNow(), 1, "local:threads=4", worker.Capabilities)));
        await _stores.Workers.RemoveWorkerAsync("w", default);
        Assert.That(await _stores.Workers.BeatAsync("w", _time.GetUtcNow(), default), Is.False);
    }

    [Test]
    public async Task Recurring_ChangedJob_KeepsWhenItLastWasAndGetsANewVersion()
    {
        RecurringJob job = new() { Id = "nightly", Title = "drift", Kind = "device.drift", Payload = """{"device":"local"}""", Cron = "0 0 3 * * ?" };
        await _stores.Recurring.PutRecurringAsync(job, default);
        JobRecord made = await AddAsync(Request("drift"));
        await _stores.Recurring.NoteRecurringAsync("nightly", _time.GetUtcNow(), made.Id, _time.GetUtcNow().AddDays(1), default);
        await _stores.Recurring.PutRecurringAsync(job with { Cron = "0 0 4 * * ?", Enabled = false }, default);
        RecurringJob stored = (await _stores.Recurring.GetRecurringAsync(default)).Single();
        Assert.That((stored.Cron, stored.Enabled, stored.Version, stored.LastJob, stored.LastState, stored.LastAt), Is.EqualTo(("0 0 4 * * ?", false, 2L, made.Id, (JobState?)JobState.Enqueued, (DateTimeOffset?)_time.GetUtcNow())));
        Assert.That(await _stores.Recurring.TryAddRecurringAsync(job, default), Is.False);
        Assert.That(await _stores.Recurring.RemoveRecurringAsync("nightly", default), Is.True);
        Assert.That(await _stores.Recurring.RemoveRecurringAsync("nightly", default), Is.False);
        Assert.That(await _stores.Recurring.TryAddRecurringAsync(job, default), Is.True);
    }

    [Test]
    public async Task NoteRecurringAsync_JobsMade_AreCountedOnceEach()
    {
        await _stores.Recurring.PutRecurringAsync(new RecurringJob { Id = "nightly", Title = "drift", Kind = "device.drift", Cron = "0 0 3 * * ?" }, default);
        foreach (string? id in (string?[])["one", "one", "two", null])
        {
            await _stores.Recurring.NoteRecurringAsync("nightly", _time.GetUtcNow(), id, null, default);
        }

        RecurringJob stored = (await _stores.Recurring.GetRecurringAsync(default)).Single();
        Assert.That((stored.Made, stored.LastJob), Is.EqualTo((2L, "two")));
    }

    [Test]
    public async Task Budgets_ChangedOneByOne_KeepTheOther()
    {
        Assert.That(await _stores.Recurring.GetBudgetAsync("r", default), Is.EqualTo(RunBudget.Unchanged));
        await _stores.Recurring.SetBudgetAsync("r", new RunBudget(100, null), default);
        Assert.That(await _stores.Recurring.SetBudgetAsync("r", new RunBudget(null, 5), default), Is.EqualTo(new RunBudget(100, 5)));
        await _stores.Recurring.RemoveBudgetAsync("r", default);
        Assert.That(await _stores.Recurring.GetBudgetAsync("r", default), Is.EqualTo(RunBudget.Unchanged));
    }

    [Test]
    public async Task Drift_OfDevices_NewestFirst()
    {
        DeviceDrift first = new("pi", "f", "r", "j", _time.GetUtcNow(), 8, 1.5, 0.3), second = first with { DriftPercent = 7 }, other = first with { Device = "phone" };
        foreach (DeviceDrift drift in (DeviceDrift[])[first, second, other])
        {
            await _stores.Recurring.AddDriftAsync(drift, default);
        }

        Assert.That(await _stores.Recurring.GetDriftAsync("pi", 10, default), Is.EqualTo((DeviceDrift[])[second, first]));
        Assert.That((await _stores.Recurring.GetDriftAsync(null, 1, default)).Single(), Is.EqualTo(other));
        Assert.That((second.IsDrifted, first.IsDrifted), Is.EqualTo((true, false)));
    }

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<NasStore> OpenEmptyStoreAsync();

    private static JobRequest Request(string title) => new() { Kind = "test", Title = title, Queue = "plan" };

    private async Task<JobRecord> AddAsync(JobRequest request) => (await Jobs.AddAsync([request], default))[0];

    private async Task<JobRecord> StartAsync(JobRecord job) => (await Jobs.TryStartAsync(job.Id, "w", default))!;

    private async Task FinishAsync(JobRecord job, JobState outcome) => await Jobs.FinishAsync(await StartAsync(job), outcome, null, outcome == JobState.Failed ? "failed" : null, [], default);
}
