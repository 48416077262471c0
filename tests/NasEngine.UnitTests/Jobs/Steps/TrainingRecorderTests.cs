using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Steps;
using NasEngine.Testing.Runs;
using NasEngine.Training.Strategies;

namespace NasEngine.UnitTests.Jobs.Steps;

internal sealed class TrainingRecorderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private InMemoryRunStore _store = null!;

    [SetUp]
    public async Task AddRun()
    {
        _store = new InMemoryRunStore();
        await _store.AddRunAsync(new RunRecord("r", "r", "s", "f", "{}", 1, RunState.Running, DateTimeOffset.UnixEpoch, "{}"), default);
    }

    [TearDown]
    public async Task Close() => await _store.DisposeAsync();

    [Test]
    public async Task Add_WhileTheTrainingGoesOn_IsStoredBeforeItEnds()
    {
        await using TrainingRecorder recorder = await OpenAsync();
        recorder.Begin(0, []);
        recorder.Add(Point(10, 2.5));
        long started = TimeProvider.System.GetTimestamp();
        while ((await _store.GetTrainingAsync("r", default)).Count == 0)
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(Patience));
            await Task.Delay(20);
        }

        Assert.That(await StoredAsync(), Is.EqualTo(new[] { Point(10, 2.5) }));
    }

    [Test]
    public async Task Begin_AtACheckpointBehindWhatIsStored_ReplacesWhatIsDoneAgain()
    {
        await RecordAsync("k", 0, [], Point(10, 3), Point(20, 2), Point(30, 1));
        await RecordAsync("k", 15, [Point(10, 3)], Point(20, 2.5));
        Assert.That(await StoredAsync(), Is.EqualTo(new[] { Point(10, 3), Point(20, 2.5) }));
        await RecordAsync("k", 25, [Point(10, 3), Point(20, 2.5)], Point(30, 1.5));
        Assert.That(await StoredAsync(), Is.EqualTo(new[] { Point(10, 3), Point(20, 2.5), Point(30, 1.5) }));
    }

    [Test]
    public async Task Begin_WithACurveThatAnotherRunMade_StoresAllOfIt()
    {
        TrainingPoint checkedPoint = Point(20, 2) with { Validation = new ValidationCheck(0.5, 0.25, 64) };
        await RecordAsync("k", 20, [Point(10, 3), checkedPoint]);
        Assert.That(await StoredAsync(), Is.EqualTo(new[] { Point(10, 3), checkedPoint }));
        await RecordAsync("other", 0, [], Point(10, 4));
        Assert.That(await StoredAsync(), Is.EqualTo(new[] { Point(10, 4) }));
    }

    private static TrainingPoint Point(long step, double loss) => new(step, 0.1, loss, loss + 1, null);

    private Task<TrainingRecorder> OpenAsync(string key = "k") => TrainingRecorder.OpenAsync(_store, "r", key, TimeProvider.System, default);

    private async Task RecordAsync(string key, long step, TrainingPoint[] curve, params TrainingPoint[] points)
    {
        await using TrainingRecorder recorder = await OpenAsync(key);
        recorder.Begin(step, curve);
        foreach (TrainingPoint point in points)
        {
            recorder.Add(point);
        }
    }

    private async Task<TrainingPoint[]> StoredAsync() =>
        [.. (await _store.GetTrainingAsync("r", default)).Select(point => JsonSerializer.Deserialize<TrainingPoint>(point.Document, JsonSerializerOptions.Web)!)];
}
