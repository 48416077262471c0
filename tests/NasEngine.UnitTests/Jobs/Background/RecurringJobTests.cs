using System.Text;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Background.Handlers;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Devices;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Jobs.Background;

/// <summary>Upkeep, and experiments that are started again and again, carried out by a worker.</summary>
internal sealed class RecurringJobTests
{
    private TemporaryFolder _folder = null!;
    private NasStore _store = null!;
    private JobService _service = null!;
    private WorkerHost? _worker;

    [SetUp]
    public async Task OpenStore()
    {
        _worker = null;
        _folder = new TemporaryFolder();
        _store = await NasStore.OpenAsync(_folder.PathOf("nas.db"));
        _service = new JobService(_store.Jobs(TimeProvider.System), _store.Runs, Workplace, TimeProvider.System);
    }

    [TearDown]
    public async Task CloseStore()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private Workplace Workplace => new(_folder.FullName, _folder.FullName, _folder.FullName);

    [Test]
    public async Task Upkeep_OfAnyStore_ComesOnceADayAndStays()
    {
        await EnsureAsync();
        await _service.PutRecurringAsync((await GetAsync(Upkeep.Id)) with { Enabled = false, Cron = "0 0 5 * * ?" }, default);
        await EnsureAsync();
        RecurringJob upkeep = await GetAsync(Upkeep.Id);
        Assert.That((upkeep.Kind, upkeep.Enabled, upkeep.Cron, await Upkeep.GetRetentionAsync(_service.Stores, default)), Is.EqualTo((JobKinds.Upkeep, false, "0 0 5 * * ?", 30)));
        Assert.That(() => _service.RemoveRecurringAsync(Upkeep.Id, default), Throws.TypeOf<UsageException>().With.Message.Contains("switched off"));
        Assert.That(() => _service.PutRecurringAsync(upkeep with { Id = "another" }, default), Throws.TypeOf<UsageException>().With.Message.Contains("'upkeep'"));
        Assert.That(() => _service.PutRecurringAsync(upkeep with { Kind = JobKinds.Drift, Payload = """{"device":"x"}""" }, default), Throws.TypeOf<UsageException>());
        Assert.That(() => Upkeep.SetRetentionAsync(_service, 3651, default), Throws.TypeOf<UsageException>().With.Message.Contains("3650"));
    }

    [TestCase("""{"retentionDays":7}""", 7)]
    [TestCase("""{"retentionDays":0}""", 0)]
    [TestCase("no JSON", 30)]
    public async Task Upkeep_RetentionOfAnEarlierVersion_IsTakenOverOnce(string settings, int expected)
    {
        await File.WriteAllTextAsync(_folder.PathOf("service.json"), settings);
        await EnsureAsync();
        Assert.That(await Upkeep.GetRetentionAsync(_service.Stores, default), Is.EqualTo(expected));
        await Upkeep.SetRetentionAsync(_service, 9, default);
        await EnsureAsync();
        Assert.That(await Upkeep.GetRetentionAsync(_service.Stores, default), Is.EqualTo(9));
    }

    [TestCase(30, true)]
    [TestCase(50, false)]
    [TestCase(0, false)]
    public async Task Upkeep_Triggered_RemovesWhatIsOldAndNothingElse(int retentionDays, bool oldJobGoes)
    {
        ManualTime past = new();
        past.Pass((TimeProvider.System.GetUtcNow() - past.GetUtcNow()).TotalSeconds - TimeSpan.FromDays(40).TotalSeconds);
        JobRecord old = await FinishAsync(_store.Jobs(past).Jobs, "old"), young = await FinishAsync(_service.Stores.Jobs, "young");
        RunRecord run = await SampleRun.AddAsync(_store.Runs, "sample", 5, DateTimeOffset.UnixEpoch);
        string listed = await PutAsync("listed", oldEnough: true), unlisted = await PutAsync("unlisted", oldEnough: true), fresh = await PutAsync("fresh", oldEnough: false);
        await _store.Runs.PutArtefactAsync(run.Id, new Artefact("listed", "model", "listed", listed, 6, "{}"), default);
        await StartAsync(new UpkeepHandler());
        await Upkeep.SetRetentionAsync(_service, retentionDays, default);
        JobRecord done = await EndAsync(await _service.TriggerRecurringAsync(Upkeep.Id, default));
        Assert.That(done.State, Is.EqualTo(JobState.Succeeded), done.Error);
        Assert.That(await _service.Stores.Jobs.FindAsync(old.Id, default) is null, Is.EqualTo(oldJobGoes));
        Assert.That(await _service.Stores.Jobs.FindAsync(young.Id, default), Is.Not.Null);
        Assert.That((await _store.Blobs.ListAsync(default)).Select(blob => blob.Sha256), Is.EquivalentTo(new[] { listed, fresh }));
        Assert.That(done.Result, Is.EqualTo($$"""{"jobs":{{(oldJobGoes ? 1 : 0)}},"files":1,"bytes":8,"leases":0}"""), unlisted);
    }

    [Test]
    public async Task Run_Triggered_StartsTheExperimentUnderTheNextSeedUnlessOneIsUnderWay()
    {
        RunRecord pattern = await SampleRun.AddAsync(_store.Runs, "nightly", 5, DateTimeOffset.UnixEpoch);
        await PutRepeatAsync($$"""{"run":"{{pattern.Id}}"}""");
        await StartAsync(new StartHandler());
        (string first, bool started) = await RepeatAsync();
        Assert.That(started, Is.True);
        Assert.That(await RepeatAsync(), Is.EqualTo((first, false)), "the first is still under way");
        await _store.Runs.SetRunStateAsync(first, RunState.Done, default);
        (string second, started) = await RepeatAsync();
        Assert.That(started, Is.True);
        RunRecord[] runs = [(await _store.Runs.FindRunAsync(first, default))!, (await _store.Runs.FindRunAsync(second, default))!];
        Assert.That(runs.Select(run => run.Seed - pattern.Seed), Is.EqualTo(new[] { 1L, 3L }), "the one that was not started had a number too");
        Assert.That(runs.Select(run => (run.Name, StoredExperiment.Read(run).Search.Evaluations)), Is.All.EqualTo((pattern.Name, StoredExperiment.Read(pattern).Search.Evaluations)));
        Assert.That((await _service.Stores.Jobs.ListAsync(new JobQuery { Kind = JobKinds.Run }, default)).Jobs.Select(job => job.RunId), Is.EquivalentTo(new[] { first, second }));
    }

    [TestCase("Pacific/Kiritimati", "2026-11-22T11:30:00Z", 20261123)]
    [TestCase("UTC", "2026-11-22T11:30:00Z", 20261122)]
    public void Run_SeedOfTheDate_IsTheDateWhereTheScheduleIsMeant(string zone, string now, long seed)
    {
        RecurringJob recurring = new() { Id = "n", Title = "nightly", Kind = JobKinds.Run, Payload = """{"run":"a","seed":"date"}""", Cron = "0 0 3 * * ?", TimeZone = zone };
        JobRequest request = RecurringRequest.Of(recurring, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        Assert.That((request.Kind, JsonSerializer.Deserialize<StartPayload>(request.Payload, JsonSerializerOptions.Web)!.Seed), Is.EqualTo((JobKinds.Start, seed)));
    }

    [Test]
    public async Task Run_SeedOfTheDate_IsOneRunADay()
    {
        RunRecord pattern = await SampleRun.AddAsync(_store.Runs, "nightly", 5, DateTimeOffset.UnixEpoch);
        await PutRepeatAsync($$"""{"run":"{{pattern.Id}}","seed":"date"}""");
        await StartAsync(new StartHandler());
        (string first, _) = await RepeatAsync();
        await _store.Runs.SetRunStateAsync(first, RunState.Done, default);
        Assert.That((await RepeatAsync()).Run, Is.EqualTo(first));
    }

    [Test]
    public async Task Run_PayloadThatNamesNothing_IsRefused()
    {
        Assert.That(() => PutRepeatAsync("""{"run":"gone"}"""), Throws.TypeOf<UsageException>().With.Message.Contains("'gone'"));
        Assert.That(() => PutRepeatAsync("{}"), Throws.TypeOf<UsageException>().With.Message.Contains("payload"));
        RunRecord pattern = await SampleRun.AddAsync(_store.Runs, "nightly", 5, DateTimeOffset.UnixEpoch);
        Assert.That(() => PutRepeatAsync($$"""{"run":"{{pattern.Id}}","seed":"dice"}"""), Throws.TypeOf<UsageException>().With.Message.Contains("counter, date"));
        await PutRepeatAsync($$"""{"run":"{{pattern.Id}}"}""");
        await _service.DeleteRunAsync(pattern.Id, default);
        await StartAsync(new StartHandler());
        JobRecord failed = await EndAsync(await _service.TriggerRecurringAsync("nightly", default));
        Assert.That((failed.State, failed.Attempt), Is.EqualTo((JobState.Failed, 1)));
        Assert.That(failed.Error, Does.Contain("Choose another"));
    }

    private Task EnsureAsync() => Upkeep.EnsureAsync(_service.Stores, Workplace, TimeProvider.System, default);

    private async Task<RecurringJob> GetAsync(string id) => (await _service.Stores.Recurring.GetRecurringAsync(default)).Single(job => job.Id == id);

    private Task<RecurringJob> PutRepeatAsync(string payload) =>
        _service.PutRecurringAsync(new RecurringJob { Id = "nightly", Title = "nightly", Kind = JobKinds.Run, Payload = payload, Cron = "0 0 3 * * ?" }, default);

    private static async Task<JobRecord> FinishAsync(IJobStore jobs, string title)
    {
        JobRecord added = (await jobs.AddAsync([new JobRequest { Kind = "test", Title = title, Queue = JobQueues.Plan }], default))[0];
        JobRecord held = (await jobs.TryStartAsync(added.Id, "nobody", default))!;
        await jobs.FinishAsync(held, JobState.Succeeded, null, null, [], default);
        return held;
    }

    private async Task<string> PutAsync(string content, bool oldEnough)
    {
        string file = _folder.PathOf(content);
        await File.WriteAllBytesAsync(file, Encoding.UTF8.GetBytes(content));
        string sha256 = await _store.Blobs.PutAsync(file, default);
        if (oldEnough)
        {
            File.SetLastWriteTimeUtc(Directory.GetFiles(_folder.PathOf("blobs"), sha256, SearchOption.AllDirectories).Single(), TimeProvider.System.GetUtcNow().AddDays(-2).UtcDateTime);
        }

        return sha256;
    }

    private async Task StartAsync(IJobHandler handler) => _worker = await WorkerHost.StartAsync(
        new WorkerOptions { Planning = TimeSpan.FromMilliseconds(50) },
        WorkerServices.Of(_store, Workplace, _service, SilentProgress.Instance, TimeProvider.System) with { Handlers = [handler, new IdleHandler()] }, default);

    private async Task<JobRecord> EndAsync(JobRecord job)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        JobRecord? now;
        while (!(now = (await _service.Stores.Jobs.FindAsync(job.Id, default))!).State.IsFinished())
        {
            await Task.Delay(10, limit.Token);
        }

        return now;
    }

    private async Task<(string Run, bool Started)> RepeatAsync()
    {
        JobRecord job = await EndAsync(await _service.TriggerRecurringAsync("nightly", default));
        Assert.That(job.State, Is.EqualTo(JobState.Succeeded), job.Error);
        JsonElement result = JsonSerializer.Deserialize<JsonElement>(job.Result!);
        return (result.GetProperty("runId").GetString()!, result.GetProperty("started").GetBoolean());
    }

    // What a started run needs next is not looked at.
    private sealed class IdleHandler : IJobHandler
    {
        public string Kind => JobKinds.Run;

        public Task<JobOutcome> ExecuteAsync(JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobOutcome(null));
    }
}
