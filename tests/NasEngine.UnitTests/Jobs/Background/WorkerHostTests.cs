using System.Collections.Concurrent;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Jobs.Background;

internal sealed class WorkerHostTests
{
    private ScriptedHandler _handler = null!;
    private TemporaryFolder _folder = null!;
    private NasStore _store = null!;
    private JobService _service = null!;
    private WorkerHost? _worker;

    [SetUp]
    public async Task OpenStore()
    {
        _handler = new ScriptedHandler();
        _worker = null;
        _folder = new TemporaryFolder();
        _store = await NasStore.OpenAsync(_folder.PathOf("nas.db"));
        _service = new JobService(_store.Jobs(TimeProvider.System), _store.Runs, Workplace, TimeProvider.System);
    }

    [TearDown]
    public async Task CloseStore()
    {
        _handler.OpenAll();
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private Workplace Workplace => new(_folder.FullName, _folder.FullName, _folder.FullName);

    [Test]
    public async Task Jobs_OfOneQueue_GoByPriorityThenAge()
    {
        JobRecord old = await AddAsync("old"), young = await AddAsync("young"), urgent = await AddAsync("urgent", priority: 5), idle = await AddAsync("idle", priority: -5);
        await StartAsync();
        await UntilAsync(idle, JobState.Succeeded);
        Assert.That(_handler.Begun, Is.EqualTo((string[])["urgent", "old", "young", "idle"]));
        Assert.That((await _service.Stores.Jobs.CountAsync(null, default))[JobState.Succeeded], Is.EqualTo(4));
        Assert.That((await _service.Stores.Jobs.FindAsync(old.Id, default))!.Result, Is.EqualTo("""{"did":"old"}"""));
        Assert.That(young.Id, Is.LessThan(urgent.Id));
    }

    [Test]
    public async Task Job_ThatFails_IsTriedThriceWithGrowingDelaysAndThenFails()
    {
        _handler.On("bad", (_, _) => throw new WorkFailedException("no luck"));
        await StartAsync();
        JobRecord job = await AddAsync("bad");
        JobRecord failed = await UntilAsync(job, JobState.Failed);
        Assert.That((failed.Attempt, failed.Error), Is.EqualTo((3, "no luck")));
        IReadOnlyList<JobChange> history = await _service.Stores.Log.GetHistoryAsync(job.Id, default);
        Assert.That(history.Select(change => change.State), Is.EqualTo((JobState[])[
            JobState.Enqueued, JobState.Processing, JobState.Scheduled, JobState.Processing, JobState.Scheduled, JobState.Processing, JobState.Failed]));
        Assert.That(history[5].At - history[4].At, Is.GreaterThanOrEqualTo(4 * Delay).And.GreaterThan(history[3].At - history[2].At - TimeSpan.FromSeconds(1)));
        Assert.That((await _service.Stores.Log.GetConsoleAsync(job.Id, 0, 10, default)).Select(line => line.Text), Has.All.EqualTo("no luck").And.Exactly(3).Items);
    }

    [Test]
    public async Task Job_ThatAUserHasToMend_FailsAtOnce()
    {
        _handler.On("bad", (_, _) => throw new UsageException("mend it"));
        await StartAsync();
        Assert.That((await UntilAsync(await AddAsync("bad"), JobState.Failed)).Attempt, Is.EqualTo(1));
    }

    [Test]
    public async Task Job_ThatIsPutOff_IsTriedAgainWithoutCounting()
    {
        int calls = 0;
        _handler.On("later", (_, _) => ++calls < 5 ? throw new PostponedException("busy", Delay) : Task.FromResult(new JobOutcome(null)));
        await StartAsync();
        Assert.That((await UntilAsync(await AddAsync("later"), JobState.Succeeded)).Attempt, Is.EqualTo(1));
    }

    [Test]
    public async Task Continuation_OfTwoJobs_BeginsAfterBothAndFollowUpsFollow()
    {
        _handler.On("first", (_, _) => Task.FromResult(new JobOutcome(null, [Request("followed", 0)])));
        IReadOnlyList<JobRecord> jobs = await _service.Stores.Jobs.AddAsync(
            [Request("first", 0) with { Id = "1" }, Request("second", 0) with { Id = "2" }, Request("third", 0) with { After = ["1", "2"] }], default);
        await StartAsync();
        await UntilAsync(jobs[2], JobState.Succeeded);
        await UntilAsync(async () => (await _service.Stores.Jobs.CountAsync(null, default))[JobState.Succeeded] == 4);
        Assert.That(_handler.Begun.ToList().IndexOf("third"), Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task DeleteAsync_JobUnderWay_StopsItAndKeepsTheRest()
    {
        _handler.Block("long");
        await StartAsync();
        JobRecord job = await AddAsync("long");
        await UntilAsync(job, JobState.Processing);
        await _service.DeleteAsync([job.Id], default);
        Assert.That((await UntilAsync(job, JobState.Deleted)).Error, Does.StartWith("Cancelled"));
        Assert.That((await _service.RequeueAsync([job.Id], default)).Single().State, Is.EqualTo(JobState.Enqueued));
    }

    [Test]
    public async Task DeleteAsync_WorkThatDoesNotLook_IsLeftToEndByItself()
    {
        using ManualResetEventSlim end = new();
        _handler.On("deaf", (_, _) =>
        {
            end.Wait(CancellationToken.None);
            return Task.FromResult(new JobOutcome(null, [Request("unwanted", 0)]));
        });
        await StartAsync();
        JobRecord job = await AddAsync("deaf");
        await UntilAsync(job, JobState.Processing);
        await _service.DeleteAsync([job.Id], default);
        await UntilAsync(job, JobState.Deleted);
        end.Set();
        await UntilAsync(await AddAsync("next"), JobState.Succeeded);
        Assert.That(_handler.Begun, Does.Not.Contain("unwanted"));
    }

    [Test]
    public async Task Device_SeveralJobs_OneAtATime()
    {
        _handler.Block("m0", "m1", "m2");
        List<JobRecord> jobs = [];
        for (int number = 0; number < 3; number++)
        {
            jobs.Add(await AddAsync($"m{number}", queue: "device:agent:pi"));
        }

        JobRecord other = await AddAsync("other device", queue: "device:agent:phone");
        await StartAsync();
        await UntilAsync(other, JobState.Succeeded);
        for (int number = 0; number < 3; number++)
        {
            await UntilAsync(jobs[number], JobState.Processing);
            Assert.That((await _service.Stores.Jobs.CountAsync(null, default))[JobState.Processing], Is.EqualTo(1));
            _handler.Open($"m{number}");
            await UntilAsync(jobs[number], JobState.Succeeded);
        }
    }

    [Test]
    public async Task SetPausedAsync_QueueWithAJobUnderWay_HandsNothingOutUntilItIsResumedAlsoByTheNextWorker()
    {
        _handler.Block("under way");
        await StartAsync();
        JobRecord first = await AddAsync("under way"), next = await AddAsync("next"), third = await AddAsync("third");
        await UntilAsync(first, JobState.Processing);
        await UntilAsync(async () => (await _service.Stores.Jobs.GetPlannedAsync(default)).Count == 2); // the scheduler would fire these by itself
        await _service.SetPausedAsync(JobQueues.Search, isPaused: true, default);
        _handler.Open("under way");
        await UntilAsync(first, JobState.Succeeded);
        await UntilAsync(async () => (await _service.Stores.Jobs.GetPlannedAsync(default)).Count == 0); // they were fired, and refused

        await _worker!.DisposeAsync();
        await StartAsync();
        await UntilAsync(await AddAsync("other queue", queue: JobQueues.Export), JobState.Succeeded);
        Assert.That(_handler.Begun, Is.EqualTo((string[])["under way", "other queue"]));

        await _service.SetPausedAsync(JobQueues.Search, isPaused: false, default);
        await UntilAsync(third, JobState.Succeeded);
        Assert.That(_handler.Begun, Is.EqualTo((string[])["under way", "other queue", "next", "third"]));
        Assert.That((await _service.Stores.Jobs.FindAsync(next.Id, default))!.Attempt, Is.EqualTo(1));
    }

    [Test]
    public async Task StopAsync_JobUnderWay_GoesBackToItsQueue()
    {
        _handler.Block("long");
        await StartAsync();
        JobRecord job = await AddAsync("long");
        await UntilAsync(job, JobState.Processing);
        await _worker!.StopAsync();
        JobRecord waiting = (await _service.Stores.Jobs.FindAsync(job.Id, default))!;
        Assert.That((waiting.State, waiting.Attempt), Is.EqualTo((JobState.Enqueued, 0)));
        Assert.That(await _service.Stores.Workers.GetWorkersAsync(default), Is.Empty);
        await _worker.DisposeAsync();
        _handler.Open("long");
        await StartAsync();
        await UntilAsync(job, JobState.Succeeded);
    }

    [Test]
    public async Task StartAsync_JobOfAWorkerThatDied_IsTakenOver()
    {
        JobRecord job = await AddAsync("orphan");
        await _service.Stores.Workers.PutWorkerAsync(
            new WorkerRecord("dead", "dead", "elsewhere", 1, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow(), 7, new Dictionary<string, int>(), new Dictionary<string, string>(), new WorkerCapabilities(1, false, "x")), default);
        await _service.Stores.Jobs.TryStartAsync(job.Id, "dead", default);
        await StartAsync();
        JobRecord done = await UntilAsync(job, JobState.Succeeded);
        Assert.That((done.Attempt, done.Worker), Is.EqualTo((1, _worker!.Record.Id)));
        Assert.That((await _service.Stores.Workers.GetWorkersAsync(default)).Select(worker => worker.Id), Is.EqualTo((string[])[_worker.Record.Id]));
    }

    [Test]
    public async Task StartAsync_ScheduleThatWasLost_IsMadeAnewFromTheJobs()
    {
        JobRecord job = await AddAsync("forgotten");
        await _service.Stores.Jobs.MarkPlannedAsync(await _service.Stores.Jobs.GetUnplannedAsync(10, default), default);
        await StartAsync();
        await UntilAsync(job, JobState.Succeeded);
    }

    [Test]
    public async Task StartAsync_SecondProcessOnOneFile_IsRefused()
    {
        await StartAsync();
        Assert.That(() => StartAnotherAsync(), Throws.InstanceOf<NasException>().With.Message.Contains("Another process carries out the jobs of"));
    }

    [Test]
    public async Task Recurring_EverySecond_MakesJobs()
    {
        _handler.Kind = JobKinds.Drift;
        await StartAsync();
        await _service.PutRecurringAsync(new RecurringJob { Id = "often", Title = "often", Kind = JobKinds.Drift, Payload = """{"device":"replay:x"}""", Cron = "* * * * * ?" }, default);
        await UntilAsync(async () => _handler.Begun.Contains("often") && (await _service.Stores.Recurring.GetRecurringAsync(default))[0].LastState == JobState.Succeeded);
        await _service.RemoveRecurringAsync("often", default);
    }

    [Test]
    public async Task PutRecurringAsync_Nonsense_SaysWhatIsWrong()
    {
        RecurringJob job = new() { Id = "a", Title = "a", Kind = JobKinds.Drift, Payload = """{"device":"x"}""", Cron = "nightly" };
        Assert.That(() => _service.PutRecurringAsync(job, default), Throws.TypeOf<UsageException>().With.Message.Contains("'nightly' is no cron expression"));
        Assert.That(() => _service.PutRecurringAsync(job with { Cron = "0 0 3 * * ?", TimeZone = "Nowhere" }, default), Throws.TypeOf<UsageException>().With.Message.Contains("'Nowhere'"));
        Assert.That(() => _service.PutRecurringAsync(job with { Cron = "0 0 3 * * ?", Kind = "x" }, default), Throws.TypeOf<UsageException>().With.Message.Contains(JobKinds.Drift));
        Assert.That(() => _service.PutRecurringAsync(job with { Cron = "0 0 3 * * ?", Payload = "{}" }, default), Throws.TypeOf<UsageException>().With.Message.Contains("payload"));
        Assert.That((await _service.PutRecurringAsync(job with { Cron = "0 0 3 * * ?", TimeZone = "Europe/Berlin" }, default)).NextAt, Is.Not.Null);
    }

    private static TimeSpan Delay => TimeSpan.FromMilliseconds(50);

    private static JobRequest Request(string title, int priority, string queue = JobQueues.Search) => new() { Kind = "test", Title = title, Queue = queue, Priority = priority };

    private async Task<JobRecord> AddAsync(string title, int priority = 0, string queue = JobQueues.Search) => await _service.EnqueueAsync(Request(title, priority, queue), default);

    private async Task StartAsync() => _worker = await StartAnotherAsync();

    private Task<WorkerHost> StartAnotherAsync() => WorkerHost.StartAsync(
        new WorkerOptions { Silence = TimeSpan.FromMilliseconds(300), Beat = TimeSpan.FromMilliseconds(100), Planning = TimeSpan.FromMilliseconds(100), RetryDelay = Delay, CancelPatience = Delay },
        WorkerServices.Of(_store, Workplace, _service, SilentProgress.Instance, TimeProvider.System) with { Handlers = [_handler] }, default);

    private async Task<JobRecord> UntilAsync(JobRecord job, JobState state)
    {
        await UntilAsync(async () => (await _service.Stores.Jobs.FindAsync(job.Id, default))!.State == state);
        return (await _service.Stores.Jobs.FindAsync(job.Id, default))!;
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!await isTrue())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private sealed class ScriptedHandler : IJobHandler
    {
        private readonly ConcurrentDictionary<string, Func<JobContext, CancellationToken, Task<JobOutcome>>> _scripts = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

        public string Kind { get; set; } = "test";

        public ConcurrentQueue<string> Begun { get; } = new();

        public void On(string title, Func<JobContext, CancellationToken, Task<JobOutcome>> script) => _scripts[title] = script;

        public void Block(params string[] titles)
        {
            foreach (string title in titles)
            {
                _gates[title] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void Open(string title) => _gates[title].TrySetResult();

        public void OpenAll()
        {
            foreach (TaskCompletionSource gate in _gates.Values)
            {
                gate.TrySetResult();
            }
        }

        public async Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken)
        {
            Begun.Enqueue(context.Job.Title);
            if (_gates.TryGetValue(context.Job.Title, out TaskCompletionSource? gate))
            {
                await gate.Task.WaitAsync(cancellationToken);
            }

            return _scripts.TryGetValue(context.Job.Title, out Func<JobContext, CancellationToken, Task<JobOutcome>>? script)
                ? await script(context, cancellationToken)
                : new JobOutcome(new { did = context.Job.Title });
        }
    }
}
