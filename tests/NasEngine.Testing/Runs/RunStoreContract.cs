using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;

namespace NasEngine.Testing.Runs;

/// <summary>What every store must do. An implementation's fixture derives from this and opens an empty store.</summary>
public abstract class RunStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Objective[] AccuracyAndLatency = [new(new MetricKey("latency", "local"), Goal.Minimize), new(new MetricKey("accuracy"), Goal.Maximize)];

    protected IRunStore Store { get; private set; } = null!;

    [SetUp]
    public async Task OpenStore() => Store = await OpenEmptyStoreAsync();

    [TearDown]
    public async Task CloseStore() => await Store.DisposeAsync();

    [Test]
    public async Task GetSpaceAsync_UnknownFingerprint_GivesNull() => Assert.That(await Store.GetSpaceAsync("f", default), Is.Null);

    [Test]
    public async Task PutSpaceAsync_OtherTextOfSameFingerprint_GivesTheNewer()
    {
        await Store.PutSpaceAsync("f", "small", """{"a":1}""", default);
        await Store.PutSpaceAsync("f", "small", """{"a":2}""", default);
        await Store.PutSpaceAsync("f", "small", """{"a":1}""", default);
        Assert.That(await Store.GetSpaceAsync("f", default), Is.EqualTo("""{"a":2}"""));
    }

    [Test]
    public async Task AddRunAsync_Again_KeepsTheFirst()
    {
        RunRecord run = Run("a", seconds: 0) with { Name = "käse 'x' \"y\" 🙂", CreatedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567) };
        await Store.AddRunAsync(run, default);
        await Store.AddRunAsync(run with { Name = "other" }, default);
        Assert.That(await Store.FindRunAsync("a", default), Is.EqualTo(run));
    }

    [Test]
    public void AddRunAsync_ExperimentIsNoJson_IsRefused() =>
        Assert.That(async () => await Store.AddRunAsync(Run("a", 0) with { Experiment = "{" }, default), Throws.ArgumentException);

    [Test]
    public async Task SetRunStateAsync_KnownRun_ChangesOnlyTheState([Values] RunState state)
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.SetRunStateAsync("a", state, default);
        Assert.That(await Store.FindRunAsync("a", default), Is.EqualTo(Run("a", 0) with { State = state }));
    }

    [Test]
    public async Task SetRunUntilAsync_AStepAndNoneAgain_IsKeptAndForgotten()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.SetRunUntilAsync("a", "train,profile", default);
        RunRecord? aimed = await Store.FindRunAsync("a", default);
        RunRecord listed = (await Store.ListRunsAsync(1, default))[0];
        await Store.SetRunUntilAsync("a", null, default);
        Assert.That(aimed, Is.EqualTo(Run("a", 0) with { Until = "train,profile" }));
        Assert.That(listed, Is.EqualTo(aimed));
        Assert.That(await Store.FindRunAsync("a", default), Is.EqualTo(Run("a", 0)));
    }

    [Test]
    public async Task PutTrainingAsync_StretchDoneAgain_ReplacesItsPoints()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.PutTrainingAsync("a", "k", -1, [Point("k", 10, 1), Point("k", 20, 2)], default);
        await Store.PutTrainingAsync("a", "k", 20, [Point("k", 30, 3), Point("k", 40, 4)], default);
        await Store.PutTrainingAsync("a", "k", 20, [Point("k", 30, 5)], default);
        Assert.That(await Store.GetTrainingAsync("a", default), Is.EqualTo(new[] { Point("k", 10, 1), Point("k", 20, 2), Point("k", 30, 5) }));
    }

    [Test]
    public async Task PutTrainingAsync_OfAnotherTraining_ForgetsTheOneBefore()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.AddRunAsync(Run("b", 1), default);
        await Store.PutTrainingAsync("a", "k", -1, [Point("k", 10, 1), Point("k", 20, 2)], default);
        await Store.PutTrainingAsync("b", "k", -1, [Point("k", 10, 1)], default);
        await Store.PutTrainingAsync("a", "other", 20, [Point("other", 30, 3)], default);
        Assert.That(await Store.GetTrainingAsync("a", default), Is.EqualTo(new[] { Point("other", 30, 3) }));
        Assert.That(await Store.GetTrainingAsync("b", default), Has.Count.EqualTo(1));
        await Store.DeleteRunAsync("a", default);
        Assert.That(await Store.GetTrainingAsync("a", default), Is.Empty);
    }

    [Test]
    public void Writes_UnknownRun_AreRefusedByName()
    {
        Assert.That(async () => await Store.SetRunUntilAsync("gone", "train", default), RefusedByName());
        Assert.That(async () => await Store.PutTrainingAsync("gone", "k", -1, [], default), RefusedByName());
        Assert.That(async () => await Store.SetRunStateAsync("gone", RunState.Done, default), RefusedByName());
        Assert.That(async () => await Store.TrySetNoteAsync("gone", "x", 0, Noon, default), RefusedByName());
        Assert.That(async () => await Store.PutStepAsync("gone", Step("train", "k", 0), default), RefusedByName());
        Assert.That(async () => await Store.AppendEvaluationsAsync("gone", "search", [Row("g", 1, 1)], default), RefusedByName());
        Assert.That(async () => await Store.PutPredictorAsync("gone", Predictor("accuracy", "1"), default), RefusedByName());
        Assert.That(async () => await Store.PutArtefactAsync("gone", File("a", 1), default), RefusedByName());
    }

    [Test]
    public async Task Reads_UnknownRun_AreEmpty()
    {
        Assert.That(await Store.FindRunAsync("gone", default), Is.Null);
        Assert.That(await Store.FindRunAsync("latest", default), Is.Null);
        Assert.That(await Store.GetNoteAsync("gone", default), Is.EqualTo(RunNote.None));
        Assert.That(await Store.GetStepsAsync("gone", default), Is.Empty);
        Assert.That(await Store.GetEvaluationsAsync("gone", null, default), Is.Empty);
        Assert.That(await Store.GetFrontAsync("gone", "search", AccuracyAndLatency, [], default), Is.Empty);
        Assert.That(await Store.GetMeasurementsAsync("gone", "local", default), Is.Empty);
        Assert.That(await Store.GetPredictorAsync("gone", "accuracy", default), Is.Null);
        Assert.That(await Store.GetArtefactsAsync("gone", default), Is.Empty);
    }

    [Test]
    public async Task TrySetNoteAsync_VersionThatItHas_ChangesItAndAnyOtherNothing()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        Assert.That(await Store.GetNoteAsync("a", default), Is.EqualTo(RunNote.None));
        Assert.That(await Store.TrySetNoteAsync("a", "early", 1, Noon, default), Is.Null);
        Assert.That(await Store.TrySetNoteAsync("a", "käse\n<b> 🙂", 0, Noon, default), Is.EqualTo(new RunNote("käse\n<b> 🙂", 1, Noon)));
        Assert.That(await Store.TrySetNoteAsync("a", "late", 0, Noon, default), Is.Null);
        Assert.That(await Store.GetNoteAsync("a", default), Is.EqualTo(new RunNote("käse\n<b> 🙂", 1, Noon)));
        Assert.That((await Store.TrySetNoteAsync("a", string.Empty, 1, Noon.AddDays(1), default))!.Version, Is.EqualTo(2), "an empty note keeps counting");
        Assert.That(await Store.TrySetNoteAsync("a", "late", 0, Noon, default), Is.Null);
        await Store.DeleteRunAsync("a", default);
        await Store.AddRunAsync(Run("a", 0), default);
        Assert.That(await Store.GetNoteAsync("a", default), Is.EqualTo(RunNote.None));
    }

    [Test]
    public async Task TrySetNoteAsync_ManyFromOneVersion_OneOfThemIsTaken([Values(0, 1)] int version)
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.TrySetNoteAsync("a", "first", 0, Noon, default);
        await Store.AddRunAsync(Run("b", 0), default);
        string run = version == 0 ? "b" : "a";
        RunNote?[] taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => Store.TrySetNoteAsync(run, $"from {number}", version, Noon, default))));
        Assert.That(await Store.GetNoteAsync(run, default), Is.EqualTo(taken.OfType<RunNote>().Single()));
    }

    [Test]
    public async Task FindRunAsync_ByIdNameOrLatest_PrefersIdThenNewest()
    {
        await Store.AddRunAsync(Run("old", 0) with { Name = "pair" }, default);
        await Store.AddRunAsync(Run("new", 5) with { Name = "pair" }, default);
        await Store.AddRunAsync(Run("newest", 9) with { Name = "old" }, default);
        await Store.AddRunAsync(Run("middle", 7), default);
        Assert.That((await Store.FindRunAsync("pair", default))!.Id, Is.EqualTo("new"));
        Assert.That((await Store.FindRunAsync("old", default))!.Id, Is.EqualTo("old"));
        Assert.That((await Store.FindRunAsync("latest", default))!.Id, Is.EqualTo("newest"));
        Assert.That(await Store.FindRunAsync("Pair", default), Is.Null);
    }

    [Test]
    public async Task ListRunsAsync_SameInstant_GivesTheLaterAddedFirst()
    {
        await Store.AddRunAsync(Run("a", 1), default);
        await Store.AddRunAsync(Run("b", 1), default);
        await Store.AddRunAsync(Run("c", 0), default);
        Assert.That((await Store.ListRunsAsync(10, default)).Select(run => run.Id), Is.EqualTo(new[] { "b", "a", "c" }));
        Assert.That((await Store.ListRunsAsync(1, default)).Select(run => run.Id), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public async Task DeleteRunAsync_FilledRun_LeavesMeasurementsAndOtherRuns()
    {
        foreach (string id in new[] { "a", "b" })
        {
            await Store.AddRunAsync(Run(id, 0), default);
            await Store.PutStepAsync(id, Step("train", "k", 0), default);
            await Store.AppendEvaluationsAsync(id, "search", [Row("g", 1, 1)], default);
            await Store.AppendMeasurementsAsync(id, [Measurement("g", 1)], default);
            await Store.PutPredictorAsync(id, Predictor("accuracy", "1"), default);
            await Store.PutArtefactAsync(id, File("model.onnx", 1), default);
        }

        await Store.DeleteRunAsync("a", default);
        await Store.DeleteRunAsync("a", default);
        await Store.AddRunAsync(Run("a", 0), default);

        Assert.That(await Store.GetStepsAsync("a", default), Is.Empty);
        Assert.That(await Store.GetEvaluationsAsync("a", null, default), Is.Empty);
        Assert.That(await Store.GetPredictorAsync("a", "accuracy", default), Is.Null);
        Assert.That(await Store.GetArtefactsAsync("a", default), Is.Empty);
        Assert.That(await Store.GetMeasurementsAsync("a", "local", default), Has.Count.EqualTo(1));
        Assert.That(await Store.GetEvaluationsAsync("b", null, default), Has.Count.EqualTo(1));
        Assert.That(await Store.GetStepsAsync("b", default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task PutStepAsync_OtherKey_ReplacesAndMovesToTheEnd()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.PutStepAsync("a", Step("train", "k1", 1), default);
        await Store.PutStepAsync("a", Step("profile", "k", 2), default);
        await Store.PutStepAsync("a", Step("train", "k2", 3), default);
        await Store.PutStepAsync("a", Step("profile", "k", 4), default);
        Assert.That(await Store.GetStepsAsync("a", default), Is.EqualTo(new[] { Step("profile", "k", 2), Step("train", "k2", 3) }));
    }

    [Test]
    public async Task AppendEvaluationsAsync_KnownGenotypes_KeepsFirstAndNumbersWithoutGaps()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.AppendEvaluationsAsync("a", "search", [Row("z", 1, 1), Row("a", 2, 2), Row("z", 9, 9)], default);
        await Store.AppendEvaluationsAsync("a", "search", [Row("a", 9, 9), Row("b", 3, 3)], default);
        await Store.AppendEvaluationsAsync("a", "sample", [Row("z", 4, 4)], default);
        await Store.AppendEvaluationsAsync("a", "search", [], default);
        StoredEvaluation[] search = [Stored("search", 0, "z", 1), Stored("search", 1, "a", 2), Stored("search", 2, "b", 3)];
        Assert.That(await Store.GetEvaluationsAsync("a", "search", default), Is.EqualTo(search));
        Assert.That(await Store.GetEvaluationsAsync("a", null, default), Is.EqualTo(search.Prepend(Stored("sample", 0, "z", 4))));
    }

    [Test]
    public async Task AppendEvaluationsAsync_ManyWritersAtOnce_LosesAndDoublesNothing()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int batch = 0; batch < 10; batch++)
            {
                await Store.AppendEvaluationsAsync("a", "search", [Row($"{batch}-{writer / 2}", batch, writer), Row($"own {batch}-{writer}", 1, 1)], default);
                await Store.GetFrontAsync("a", "search", AccuracyAndLatency, [], default);
            }
        })));
        IReadOnlyList<StoredEvaluation> rows = await Store.GetEvaluationsAsync("a", "search", default);
        Assert.That(rows.Select(row => row.Sequence), Is.EqualTo(Enumerable.Range(0, 120)));
        Assert.That(rows.Select(row => row.Genotype), Is.Unique);
    }

    [Test]
    public async Task GetEvaluationsAsync_UnusualValues_ComeBackBitForBit()
    {
        MetricSet metrics = new(
            ("nan", double.NaN), ("up", double.PositiveInfinity), ("down", double.NegativeInfinity), ("least", double.Epsilon), ("most", double.MaxValue),
            ("tenth", 0.1), ("third", 1.0 / 3), ("latency@my \"phone\" [1] $.é", 4.9406564584124654E-300));
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.AppendEvaluationsAsync("a", "search", [("g", metrics), ("none", new MetricSet(Array.Empty<(string, double)>()))], default);
        IReadOnlyList<StoredEvaluation> rows = await Store.GetEvaluationsAsync("a", "search", default);
        Assert.That(rows[0].Metrics, Is.EqualTo(metrics).Using<MetricSet>((x, y) => x.Equals(y)));
        Assert.That(rows[1].Metrics, Is.Empty);
    }

    [Test]
    public async Task ClearEvaluationsAsync_OneStage_StartsItsNumbersAgain()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.AppendEvaluationsAsync("a", "search", [Row("g", 1, 1), Row("h", 1, 1)], default);
        await Store.AppendEvaluationsAsync("a", "sample", [Row("g", 1, 1)], default);
        await Store.ClearEvaluationsAsync("a", "search", default);
        await Store.AppendEvaluationsAsync("a", "search", [Row("h", 2, 2)], default);
        Assert.That(await Store.GetEvaluationsAsync("a", null, default), Is.EqualTo(new[] { Stored("sample", 0, "g", 1), Stored("search", 0, "h", 2) }));
    }

    [Test]
    public async Task GetFrontAsync_TiesAndMissingValues_KeepsEqualVectorsAndLeavesTheRestOut()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.AppendEvaluationsAsync(
            "a", "search",
            [
                Row("twin b", 2, 0.5), Row("twin a", 2, 0.5), Row("slower", 3, 0.5), Row("worse", 2, 0.4), Row("best", 9, 0.9), Row("fast", 1, 0.1),
                ("no latency", new MetricSet(("accuracy", 1))), ("unknown", new MetricSet(("accuracy", 1), ("latency@local", double.NaN))),
            ],
            default);
        await Store.AppendEvaluationsAsync("a", "verify", [Row("other stage", 0.1, 1)], default);
        Assert.That(
            (await Store.GetFrontAsync("a", "search", AccuracyAndLatency, [], default)).Select(row => row.Genotype),
            Is.EqualTo(new[] { "fast", "twin a", "twin b", "best" }));
        Constraint[] limits = [new(new MetricKey("latency", "local"), null, 2), new(new MetricKey("accuracy"), 0.2, 0.5)];
        Assert.That((await Store.GetFrontAsync("a", "search", AccuracyAndLatency, limits, default)).Select(row => row.Genotype), Is.EqualTo(new[] { "twin a", "twin b" }));
    }

    [Test]
    public void GetFrontAsync_NoObjective_IsRefused() =>
        Assert.That(async () => await Store.GetFrontAsync("a", "search", [], [], default), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task GetFrontAsync_RandomPoints_EqualsComparingEveryPair(int objectiveCount)
    {
        await using InMemoryRunStore twin = new();
        for (int trial = 0; trial < 60; trial++)
        {
            Random random = new((objectiveCount * 1000) + trial);
            string id = trial.ToString(CultureInfo.InvariantCulture);
            int levels = random.Next(2, 30);
            List<(string, MetricSet)> rows = [.. Enumerable.Range(0, random.Next(0, 120)).Select(i => ($"g{random.Next(1000)}", RandomMetrics(random, levels)))];
            Objective[] objectives = [.. Enumerable.Range(0, objectiveCount).Select(i => new Objective(new MetricKey($"m{i}"), (Goal)random.Next(2)))];
            Constraint[] constraints = [.. Enumerable.Range(0, random.Next(3)).Select(i => new Constraint(
                new MetricKey($"m{random.Next(4)}"), random.Next(2) == 0 ? null : Level(random, levels) / 2, random.Next(2) == 0 ? null : Level(random, levels) + 0.4))];
            foreach (IRunStore store in new[] { Store, twin })
            {
                await store.AddRunAsync(Run(id, 0), default);
                await store.AppendEvaluationsAsync(id, "s", rows, default);
            }

            Assert.That(
                await Store.GetFrontAsync(id, "s", objectives, constraints, default),
                Is.EqualTo(await twin.GetFrontAsync(id, "s", objectives, constraints, default)).Using<StoredEvaluation>((x, y) => x.Equals(y)), $"trial {trial}");
        }
    }

    [Test]
    public async Task GetMeasurementsAsync_SeveralOfOneKey_GivesAllOfTheDeviceInOrder()
    {
        StoredMeasurement[] local = [Measurement("b", 2), Measurement("a", 1), Measurement("b", 2), Measurement("c", 3) with { LowMs = double.NaN, HighMs = double.PositiveInfinity }];
        await Store.AppendMeasurementsAsync("never added", [local[0], Measurement("x", 7) with { Device = "phone" }, local[1]], default);
        await Store.AppendMeasurementsAsync("never added", local[2..], default);
        Assert.That(await Store.GetMeasurementsAsync("never added", "local", default), Is.EqualTo(local));
    }

    [Test]
    public async Task PutPredictorAsync_SameTarget_Replaces()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.PutPredictorAsync("a", Predictor("accuracy", "1"), default);
        await Store.PutPredictorAsync("a", Predictor("latency@local", "2"), default);
        await Store.PutPredictorAsync("a", Predictor("accuracy", "3") with { Kind = "ridge" }, default);
        Assert.That(await Store.GetPredictorAsync("a", "accuracy", default), Is.EqualTo(Predictor("accuracy", "3") with { Kind = "ridge" }));
        Assert.That(await Store.GetPredictorAsync("a", "latency@local", default), Is.EqualTo(Predictor("latency@local", "2")));
    }

    [Test]
    public async Task PutArtefactAsync_SameName_ReplacesAndListsByName()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        await Store.PutArtefactAsync("a", File("b", 1), default);
        await Store.PutArtefactAsync("a", File("a", long.MaxValue), default);
        await Store.PutArtefactAsync("a", File("b", 3), default);
        Assert.That(await Store.GetArtefactsAsync("a", default), Is.EqualTo(new[] { File("a", long.MaxValue), File("b", 3) }));
    }

    [Test]
    public async Task FindReferredAsync_DigestsOfAnyRun_AreGivenWhileTheRunIsThere()
    {
        string[] digests = [new('1', 64), new('2', 64), new('3', 64)];
        foreach (string id in new[] { "a", "b" })
        {
            await Store.AddRunAsync(Run(id, 0), default);
            await Store.PutArtefactAsync(id, File("shared", 1) with { Sha256 = digests[0] }, default);
        }

        await Store.PutArtefactAsync("b", File("own", 1) with { Sha256 = digests[1] }, default);
        Assert.That(await Store.FindReferredAsync(digests, default), Is.EquivalentTo(digests[..2]));
        await Store.DeleteRunAsync("b", default);
        Assert.That(await Store.FindReferredAsync(digests, default), Is.EquivalentTo(digests[..1]));
        Assert.That(await Store.FindReferredAsync([], default), Is.Empty);
    }

    [Test]
    public async Task GetFrontAsync_NeighbouringDoubles_AreToldApart()
    {
        await Store.AddRunAsync(Run("a", 0), default);
        double value = 1.0 / 3;
        for (int i = 0; i < 200; i++, value = Math.BitIncrement(value * 1.37))
        {
            await Store.AppendEvaluationsAsync("a", $"s{i}", [Row("next", Math.BitIncrement(value), 1), Row("first", value, 1)], default);
            Assert.That((await Store.GetFrontAsync("a", $"s{i}", AccuracyAndLatency, [], default)).Select(row => row.Genotype), Is.EqualTo(new[] { "first" }));
        }
    }

    protected abstract Task<IRunStore> OpenEmptyStoreAsync();

    protected static RunRecord Run(string id, int seconds) =>
        new(id, "run", "space", "fingerprint", """{"seed":1}""", long.MinValue, RunState.Running, Noon.AddSeconds(seconds), """{"host":"here"}""");

    protected static (string Genotype, MetricSet Metrics) Row(string genotype, double latency, double accuracy) =>
        (genotype, new MetricSet(("latency@local", latency), ("accuracy", accuracy)));

    protected static StoredMeasurement Measurement(string key, double medianMs) =>
        new(key, "local", "cpu", medianMs, medianMs * 0.9, medianMs * 1.1, """{"blocks":[1,2]}""", Noon.AddTicks(1));

    protected static StepRecord Step(string step, string key, int seconds) => new(step, key, """{"loss":0.1}""", Noon.AddSeconds(seconds).AddTicks(7));

    protected static StoredPredictor Predictor(string target, string key) => new(target, "linear", key, "[1,2]", """{"tau":0.9}""");

    protected static Artefact File(string name, long bytes) => new(name, "model", $"models/{name}", new string('a', 64), bytes, "{}");

    private static StoredTrainingPoint Point(string key, long step, int loss) => new(key, step, $$"""{"loss":{{loss}}}""");

    private static StoredEvaluation Stored(string stage, long sequence, string genotype, double value) => new(stage, sequence, genotype, Row(genotype, value, value).Metrics);

    private static NUnit.Framework.Constraints.IResolveConstraint RefusedByName() => Throws.InstanceOf<UsageException>().With.Message.Contains("gone");

    private static double Level(Random random, int levels) => random.Next(levels) / 3.0;

    private static MetricSet RandomMetrics(Random random, int levels) =>
        new(Enumerable.Range(0, 4).Where(_ => random.Next(20) > 0).Select(i => KeyValuePair.Create($"m{i}", random.Next(40) == 0 ? double.NaN : Level(random, levels))));
}
