using Microsoft.Extensions.DependencyInjection;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Testing.Devices;
using NasEngine.Testing.Web;
using NasEngine.Web;
using NasEngine.Web.Client;
using NasEngine.Web.Contracts;
using NasEngine.Web.Devices;

namespace NasEngine.UnitTests.Web;

internal sealed class ClientTests
{
    private const string Token = "actor-token-0123456789";

    private TestService _service = null!;
    private NasClient _client = null!;
    private RunRecord _run = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _service = await TestService.StartAsync(new ServerOptions { Tokens = $"actor:{Token}" });
        _run = await _service.AddRunAsync();
        _client = new NasClient(_service.Address, Token, _service.Handler);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
    }

    [Test]
    public async Task Runs_OfAService_ReadAsTheyAreStored()
    {
        Assert.That((await _client.ListRunsAsync(10, CancellationToken.None)).Items.Select(run => run.Id), Does.Contain(_run.Id));
        Assert.That((await _client.ShowRunAsync("sample", CancellationToken.None)).Id, Is.EqualTo(_run.Id));
        Assert.That((await _client.FrontAsync("sample", CancellationToken.None)).Points[0].Interval, Does.ContainKey("latency@local"));
    }

    [Test]
    public async Task Queues_OfAService_CanBePausedAndResumed()
    {
        await _client.ChangeQueueAsync("device:replay:/tmp/a.jsonl", "pause", CancellationToken.None);
        Assert.That((await _client.ListQueuesAsync(CancellationToken.None)).Items.Single(queue => queue.Paused).Name, Is.EqualTo("device:replay:/tmp/a.jsonl"));
        await _client.ChangeQueueAsync("device:replay:/tmp/a.jsonl", "resume", CancellationToken.None);
        Assert.That((await _client.ListQueuesAsync(CancellationToken.None)).Items.Any(queue => queue.Paused), Is.False);
    }

    [Test]
    public async Task Step_OfARun_IsGivenWhole()
    {
        StepResultContract step = await _client.ShowStepAsync(_run.Id, "train", CancellationToken.None);
        StepRecord stored = (await _service.Store.Runs.GetStepsAsync(_run.Id, CancellationToken.None))[0];
        Assert.That(step.Result.GetRawText(), Is.EqualTo(stored.Result));
        Assert.That(step.FinishedAt, Is.EqualTo(stored.FinishedAt));
    }

    [Test]
    public async Task Device_ThatIsAttached_IsShown()
    {
        IDeviceStore devices = _service.App.Services.GetRequiredService<IDeviceStore>();
        await devices.AttachAsync(DeviceSamples.Attachment(), CancellationToken.None);
        DeviceContract shown = await _client.ShowDeviceAsync("pi", CancellationToken.None);
        Assert.That((shown.State, shown.Form, shown.Fingerprint.Id), Is.EqualTo(("online", "agent:pi", DeviceSamples.Fingerprint().Id)));
        Assert.That((await Assert.ThrowsAsync<UsageException>(() => _client.RemeasureAsync("pi", CancellationToken.None)))!.Message, Does.Contain("No run has measured"));
    }

    [Test]
    public async Task Jobs_OfAService_CanBeChanged()
    {
        JobRecord job = await _service.Jobs.EnqueueAsync(new JobRequest { Kind = "train", Title = "train", Queue = "train" }, CancellationToken.None);
        await _client.ChangeJobAsync(job.Id, "delete", CancellationToken.None);
        Assert.That((await _client.ShowJobAsync(job.Id, CancellationToken.None)).State, Is.EqualTo("deleted"));
        Assert.That((await _client.ListJobsAsync("deleted", null, 10, CancellationToken.None)).Items.Select(known => known.Id), Does.Contain(job.Id));
    }

    [Test]
    public async Task Download_ArtefactOfARun_IsTheFileItself()
    {
        string path = Path.Combine(_service.Workplace.RunFolder(_run.Id), "charts", "a.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, [1, 2, 3]);
        await _service.Store.Runs.PutArtefactAsync(_run.Id, new Artefact("charts/a.bin", "table", "charts/a.bin", new string('0', 64), 3, "{}"), CancellationToken.None);
        string target = Path.Combine(_service.Workplace.Home, "fetched.bin");
        await _client.DownloadAsync(_run.Id, "charts/a.bin", target, CancellationToken.None);
        Assert.That(await File.ReadAllBytesAsync(target), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Download_ArtefactThatLiesElsewhere_IsRefused()
    {
        await _service.Store.Runs.PutArtefactAsync(_run.Id, new Artefact("passwd", "table", "/etc/passwd", new string('0', 64), 3, "{}"), CancellationToken.None);
        UsageException problem = (await Assert.ThrowsAsync<UsageException>(() => _client.DownloadAsync(_run.Id, "passwd", Path.Combine(_service.Workplace.Home, "p"), CancellationToken.None)))!;
        Assert.That(problem.Message, Does.Contain("not in the run's folder"));
    }

    [Test]
    public async Task Show_UnknownRun_SaysWhatTheServiceSays()
    {
        UsageException problem = (await Assert.ThrowsAsync<UsageException>(() => _client.ShowRunAsync("nothing", CancellationToken.None)))!;
        Assert.That(problem.Message, Is.EqualTo("There is no run 'nothing'."));
    }

    [Test]
    public async Task Any_ServiceThatIsNotThere_IsOneLine()
    {
        using NasClient nobody = new(new Uri("http://127.0.0.1:9"), null);
        WorkFailedException problem = (await Assert.ThrowsAsync<WorkFailedException>(() => nobody.ListRunsAsync(1, CancellationToken.None)))!;
        Assert.That(problem.Message, Does.Contain("cannot be reached").And.Not.Contain("\n"));
    }

    [Test]
    public async Task Any_WrongToken_IsRefused()
    {
        using NasClient stranger = new(_service.Address, "wrong-token-0123456789", _service.Handler);
        UsageException problem = (await Assert.ThrowsAsync<UsageException>(() => stranger.ListRunsAsync(1, CancellationToken.None)))!;
        Assert.That(problem.Message, Does.Contain("token").And.Not.Contain("wrong-token"));
    }
}
