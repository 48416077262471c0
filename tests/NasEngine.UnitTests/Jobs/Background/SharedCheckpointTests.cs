using NasEngine.Core.Artefacts;
using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.UnitTests.Jobs.Background;

/// <summary>Two machines that share a store and nothing else: one trains, the other needs what it trained.</summary>
internal sealed class SharedCheckpointTests
{
    private TemporaryFolder _folder = null!;
    private Experiment _experiment = null!;
    private NasStore _store = null!;
    private RunContext _here = null!;
    private RunContext _there = null!;

    [SetUp]
    public async Task TrainThere()
    {
        _folder = new TemporaryFolder();
        _store = await NasStore.OpenAsync(_folder.PathOf("shared/nas.db"));
        _experiment = ExperimentReader.ReadFile(
            new SmallExperiment(_folder.PathOf("experiment"), images: 128).File, [KeyValuePair.Create("train.steps", "3"), KeyValuePair.Create("train.checkpointEvery", "1")]);
        _there = await OpenAsync("there");
        _here = await OpenAsync("here");
        await TrainAsync(_there);
    }

    [TearDown]
    public async Task Close()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task FetchAsync_OnAnotherMachine_BringsTheWeightsThatWereTrained()
    {
        Assert.That(_here.CheckpointPath, Is.Not.EqualTo(_there.CheckpointPath));
        await SharedCheckpoint.FetchAsync(_here, forTraining: false, default);
        AssertSame();
        Assert.That(_here.Supernet.Specs.Select(spec => spec.Name), Is.EqualTo(_there.Supernet.Specs.Select(spec => spec.Name)));
    }

    [Test]
    public async Task FetchAsync_TrainingGoesOnHere_ContinuesWhereItWasThere()
    {
        await SharedCheckpoint.FetchAsync(_here, forTraining: true, default);
        TrainResult next = await TrainAsync(_here);
        Assert.That((next.Step, next.StepsHere), Is.EqualTo((2L, 1L)));
        await SharedCheckpoint.FetchAsync(_there, forTraining: true, default);
        AssertSame();
    }

    [Test]
    public async Task FetchAsync_FurtherOnHere_KeepsItForTrainingAlone()
    {
        await SharedCheckpoint.FetchAsync(_here, forTraining: true, default);
        await TrainStep.AdvanceAsync(_here, TimeSpan.Zero, default);
        byte[] further = await File.ReadAllBytesAsync(_here.CheckpointPath);
        await SharedCheckpoint.FetchAsync(_here, forTraining: true, default);
        Assert.That(await File.ReadAllBytesAsync(_here.CheckpointPath), Is.EqualTo(further));
        await SharedCheckpoint.FetchAsync(_here, forTraining: false, default);
        AssertSame();
    }

    [TestCase(true, false)]
    [TestCase(true, true)]
    [TestCase(false, false)]
    [TestCase(false, true)]
    public async Task FetchAsync_CutOffOrAlteredHere_IsFetchedAgain(bool forTraining, bool cut)
    {
        byte[] content = await File.ReadAllBytesAsync(_there.CheckpointPath);
        content[^1] ^= 1;
        Directory.CreateDirectory(_here.Services.Workplace.Supernets);
        await File.WriteAllBytesAsync(_here.CheckpointPath, cut ? content[..(content.Length / 2)] : content);
        await SharedCheckpoint.FetchAsync(_here, forTraining, default);
        AssertSame();
    }

    [Test]
    public async Task FetchAsync_KeptContentAltered_IsRefusedUntilItIsPublishedAgain()
    {
        Blob kept = (await _store.Blobs.ListAsync(default)).Single();
        string file = Directory.GetFiles(_folder.PathOf("shared/blobs"), kept.Sha256, SearchOption.AllDirectories).Single();
        byte[] content = await File.ReadAllBytesAsync(file);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, content);
        Assert.That(() => SharedCheckpoint.FetchAsync(_here, forTraining: false, default), Throws.TypeOf<DamagedFileException>());
        Assert.That(() => SharedCheckpoint.FetchAsync(_here, forTraining: false, default), Throws.TypeOf<WorkFailedException>().With.Message.Contains("neither in"));
        Assert.That(File.Exists(_here.CheckpointPath), Is.False);
        await SharedCheckpoint.PublishAsync(_there, 1, default);
        await SharedCheckpoint.FetchAsync(_here, forTraining: false, default);
        AssertSame();
    }

    [Test]
    public async Task PublishAsync_TrainedOn_KeepsTheNewestContentAlone()
    {
        string first = (await _store.Blobs.ListAsync(default)).Single().Sha256;
        await TrainAsync(_there);
        Assert.That((await _store.Blobs.ListAsync(default)).Single().Sha256, Is.Not.EqualTo(first));
        Artefact listed = (await _store.Runs.GetArtefactsAsync(_there.Run.Id, default)).Single();
        Assert.That(await _store.Blobs.FindAsync(listed.Sha256, default), Is.EqualTo(listed.Bytes));
    }

    [Test]
    public async Task PublishAsync_AllWorkInOneFolder_CopiesNothing()
    {
        RunContext alone = await OpenAsync("there", blobs: false);
        await using (alone)
        {
            await TrainStep.AdvanceAsync(alone, TimeSpan.Zero, default);
            await SharedCheckpoint.PublishAsync(alone, 2, default);
            await SharedCheckpoint.FetchAsync(alone, forTraining: false, default);
            Assert.That(await _store.Blobs.ListAsync(default), Has.Count.EqualTo(1), "what was there before");
        }
    }

    private void AssertSame() => Assert.That(File.ReadAllBytes(_here.CheckpointPath), Is.EqualTo(File.ReadAllBytes(_there.CheckpointPath)));

    private static async Task<TrainResult> TrainAsync(RunContext run)
    {
        TrainResult result = await TrainStep.AdvanceAsync(run, TimeSpan.Zero, default);
        await SharedCheckpoint.PublishAsync(run, result.Step, default);
        return result;
    }

    private async Task<RunContext> OpenAsync(string machine, bool blobs = true)
    {
        Workplace workplace = new(RepositoryFiles.Root, _folder.PathOf($"{machine}/home"), _folder.PathOf($"{machine}/results"));
        StartedRun started = await new JobService(_store.Jobs(TimeProvider.System), _store.Runs, workplace, TimeProvider.System).StartRunAsync(_experiment, 0, false, default);
        return new RunContext(_experiment, (await _store.Runs.FindRunAsync(started.RunId, default))!, new RunServices
        {
            Store = _store.Runs,
            Workplace = workplace,
            Progress = SilentProgress.Instance,
            Time = TimeProvider.System,
            OpenDevice = form => throw new UsageException($"No device is needed, {form} neither."),
            Blobs = blobs ? _store.Blobs : null,
        });
    }
}
