using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;

namespace NasEngine.Testing.Storage;

/// <summary>What every store must answer over many runs. An implementation's fixture derives from this and opens an empty store.</summary>
public abstract class RunQueriesContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private NasStore _store = null!;

    [SetUp]
    public async Task OpenStore() => _store = await OpenEmptyStoreAsync();

    [TearDown]
    public async Task CloseStore() => await _store.DisposeAsync();

    protected abstract Task<NasStore> OpenEmptyStoreAsync();

    private IRunQueries Queries => _store.Queries;

    [TestCase(false, "c b B a Z")]
    [TestCase(true, "B Z a b c")]
    public async Task ListAsync_PageByPage_GivesEveryRunOnceInOrder(bool byName, string expected)
    {
        // Two are of one instant, and a person's order of names is not that of their letters' codes.
        await AddAsync("Z", 0);
        await AddAsync("a", 1);
        await AddAsync("b", 2);
        await AddAsync("B", 2);
        await AddAsync("c", 3);
        List<string> found = [];
        RunPlace? after = null;
        do
        {
            RunPage page = await Queries.ListAsync(new RunFilter(null, null, null, byName, 2, after), default);
            Assert.That(page.Total, Is.EqualTo(5));
            found.AddRange(page.Runs.Select(run => run.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.That(found, Is.EqualTo(expected.Split(' ')));
    }

    [Test]
    public async Task ListAsync_RunAddedMeanwhile_DoesNotMoveTheNextPage()
    {
        await AddAsync("old", 0);
        await AddAsync("new", 1);
        RunPage first = await Queries.ListAsync(new RunFilter(null, null, null, false, 1, null), default);
        await AddAsync("newest", 2);
        RunPage second = await Queries.ListAsync(new RunFilter(null, null, null, false, 1, first.Next), default);
        Assert.That((first.Runs.Single().Id, second.Runs.Single().Id, second.Next), Is.EqualTo(("new", "old", (RunPlace?)null)));
    }

    [Test]
    public async Task ListAsync_Run_IsGivenAsItWasAdded()
    {
        RunRecord run = Run("käse 'x' \"y\" 🙂", 3) with { Seed = long.MaxValue, CreatedAt = Noon.AddTicks(1_234_567) };
        await _store.Runs.AddRunAsync(run, default);
        Assert.That((await Queries.ListAsync(new RunFilter(null, null, null, false, 5, null), default)).Runs, Is.EqualTo(new[] { run }));
    }

    [TestCase("ONE", "one-1")]
    [TestCase("50%", "50%-off")]
    [TestCase("%", "50%-off")]
    [TestCase("_", "under_score")]
    [TestCase("!", "bang!")]
    [TestCase("'; DROP TABLE runs; --", "")]
    public async Task ListAsync_Text_IsFoundAsItStandsWhateverItsCase(string text, string expected)
    {
        foreach (string id in (string[])["one-1", "two-2", "50%-off", "under_score", "bang!"])
        {
            await AddAsync(id, 0);
        }

        RunPage page = await Queries.ListAsync(new RunFilter(null, null, text, true, 10, null), default);
        Assert.That(page.Runs.Select(run => run.Id), Is.EqualTo(expected.Length == 0 ? [] : new[] { expected }));
        Assert.That(page.Total, Is.EqualTo(page.Runs.Count));
    }

    [Test]
    public async Task ListAsync_StateAndSpace_LetThroughWhatHasBoth()
    {
        await AddAsync("a", 0);
        await AddAsync("b", 1);
        await _store.Runs.AddRunAsync(Run("c", 2) with { SpaceName = "Small" }, default);
        await _store.Runs.SetRunStateAsync("a", RunState.Done, default);
        await _store.Runs.SetRunStateAsync("c", RunState.Done, default);
        RunPage page = await Queries.ListAsync(new RunFilter(RunState.Done, "small", null, false, 10, null), default);
        Assert.That((page.Runs.Single().Id, page.Total), Is.EqualTo(("a", 1L)));
        Assert.That(await Queries.CountByStateAsync(default), Is.EquivalentTo(new Dictionary<RunState, long> { [RunState.Done] = 2, [RunState.Running] = 1 }));
    }

    [Test]
    public async Task CountEvaluationsAsync_SomeRuns_CountsTheirStagesAlone()
    {
        await AddAsync("a", 0);
        await AddAsync("it's", 1);
        await AddAsync("other", 2);
        await FillAsync("a", "search", 3);
        await FillAsync("a", "verify", 1);
        await FillAsync("it's", "search", 2);
        await FillAsync("other", "search", 4);
        await _store.Runs.ClearEvaluationsAsync("a", "verify", default);
        IReadOnlyList<StageCount> counts = await Queries.CountEvaluationsAsync(["a", "it's", "gone"], default);
        Assert.That(counts.Where(count => count.Count > 0), Is.EquivalentTo(new[] { new StageCount("a", "search", 3), new StageCount("it's", "search", 2) }));
        Assert.That(await Queries.CountEvaluationsAsync([], default), Is.Empty);
    }

    [Test]
    public async Task GetEvaluationsAsync_FromANumber_GivesTheNextInOrder()
    {
        await AddAsync("a", 0);
        await AddAsync("b", 0);
        await FillAsync("b", "search", 2);
        await FillAsync("a", "search", 12);
        IReadOnlyList<StoredEvaluation> part = await Queries.GetEvaluationsAsync("a", "search", 9, 2, default), rest = await Queries.GetEvaluationsAsync("a", "search", 11, 100, default);
        Assert.That(part.Select(one => (one.Stage, one.Sequence, one.Genotype, one.Metrics["accuracy"])), Is.EqualTo(new[] { ("search", 9L, "g9", 9.0), ("search", 10L, "g10", 10.0) }));
        Assert.That(rest.Select(one => one.Sequence), Is.EqualTo(new[] { 11L }));
        Assert.That(await Queries.GetEvaluationsAsync("a", "verify", 0, 10, default), Is.Empty);
        Assert.That(await Queries.GetEvaluationsAsync("gone", "search", 0, 10, default), Is.Empty);
    }

    [Test]
    public async Task ListPredictorsAsync_OfOneOrAll_GivesTheNewestRunsFirst()
    {
        foreach ((string id, int hour) in new[] { ("old", 0), ("new", 1) })
        {
            await AddAsync(id, hour);
            await _store.Runs.PutPredictorAsync(id, new StoredPredictor("latency@local", "ridge", "k", "{}", "{\"spearman\":0.5}"), default);
            await _store.Runs.PutPredictorAsync(id, new StoredPredictor("accuracy", "gp", "k", "{}", "{\"spearman\":0.9}"), default);
        }

        IReadOnlyList<RunPredictor> all = await Queries.ListPredictorsAsync(null, 3, default), one = await Queries.ListPredictorsAsync("old", 10, default);
        Assert.That(all.Select(predictor => (predictor.RunId, predictor.Target)), Is.EqualTo(new[] { ("new", "accuracy"), ("new", "latency@local"), ("old", "accuracy") }));
        Assert.That(one, Is.EqualTo(new[] { new RunPredictor("old", "accuracy", "gp", "{\"spearman\":0.9}"), new RunPredictor("old", "latency@local", "ridge", "{\"spearman\":0.5}") }));
        Assert.That(await Queries.ListPredictorsAsync("gone", 10, default), Is.Empty);
    }

    [Test]
    public async Task ListSpacesAsync_SeveralTextsOfOneFingerprint_GivesTheNewestByName()
    {
        await _store.Runs.PutSpaceAsync("f2", "b", """{"v":1}""", default);
        await _store.Runs.PutSpaceAsync("f1", "a", """{"v":1}""", default);
        await _store.Runs.PutSpaceAsync("f1", "a", """{"v":2}""", default);
        await _store.Runs.PutSpaceAsync("f3", "B", """{"v":1}""", default);
        Assert.That(await Queries.ListSpacesAsync(10, default), Is.EqualTo(new[] { new StoredSpace("f3", "B", """{"v":1}"""), new StoredSpace("f1", "a", """{"v":2}"""), new StoredSpace("f2", "b", """{"v":1}""") }));
        Assert.That(await Queries.ListSpacesAsync(1, default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ListMarksAsync_AnyChangeOfARun_ChangesItsMark()
    {
        await AddAsync("old", 0);
        await AddAsync("new", 1);
        await FillAsync("new", "search", 3);
        await FillAsync("new", "verify", 2);
        Assert.That(await Queries.ListMarksAsync(10, default), Is.EqualTo(new[] { new RunMark("new", RunState.Running, 0, 5, 0, 0), new RunMark("old", RunState.Running, 0, 0, 0, 0) }));
        await _store.Runs.PutStepAsync("old", new StepRecord("train", "k", "{}", Noon), default);
        await _store.Runs.SetRunStateAsync("new", RunState.Failed, default);
        await _store.Runs.DeleteRunAsync("gone", default);
        Assert.That(await Queries.ListMarksAsync(10, default), Is.EqualTo(new[] { new RunMark("new", RunState.Failed, 0, 5, 0, 0), new RunMark("old", RunState.Running, 1, 0, 0, 0) }));
        Assert.That(await Queries.ListMarksAsync(1, default), Has.Count.EqualTo(1));
        await _store.Runs.PutTrainingAsync("new", "k", -1, [new StoredTrainingPoint("k", 10, "{}"), new StoredTrainingPoint("k", 20, "{}")], default);
        Assert.That((await Queries.ListMarksAsync(1, default))[0].Trained, Is.EqualTo(20));
        Assert.That(await Queries.FindTrainedStepsAsync(["new", "old", "none"], default), Is.EqualTo(new Dictionary<string, long> { ["new"] = 20 }));
    }

    private static RunRecord Run(string id, int hours) => new(id, id, "small", "f", "{}", 1, RunState.Running, Noon.AddHours(hours), "{}");

    private Task AddAsync(string id, int hours) => _store.Runs.AddRunAsync(Run(id, hours), default);

    private Task FillAsync(string run, string stage, int count) => _store.Runs.AppendEvaluationsAsync(
        run, stage, [.. Enumerable.Range(0, count).Select(number => (FormattableString.Invariant($"g{number}"), new MetricSet(("accuracy", number))))], default);
}
