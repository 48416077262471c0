using System.Text;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Queries;
using NasEngine.Search;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Web;

namespace NasEngine.UnitTests.Jobs.Queries;

internal sealed class QueryTests
{
    private static readonly Experiment Sample = ExperimentReader.ReadText("sample", Encoding.UTF8.GetBytes(SampleRun.ExperimentText("sample")));

    [Test]
    public void Hypervolume_TwoObjectives_EqualsTheHistoryOfTheReport()
    {
        IReadOnlyList<(string Genotype, MetricSet Metrics)> drawn = SampleRun.Draw(Sample.Space, 150);
        HypervolumeHistory expected = HypervolumeHistory.Compute(Sample.Problem, [.. drawn.Select(pair => new Evaluation(Sample.Space.Parse(pair.Genotype), pair.Metrics))]);
        IReadOnlyList<HypervolumeMoment> series = HypervolumeSeries.Compute(Sample.Objectives, [], Table(drawn));
        Assert.That(series.Select(moment => moment.Share), Is.EqualTo(expected.Points.Select(point => point.Share)).Within(1e-12));
    }

    [Test]
    public void Hypervolume_ThreeObjectives_EqualsTheHistoryWhereItWasTaken()
    {
        Objective[] three = [.. Sample.Objectives, new Objective(new MetricKey("loss"), Goal.Minimize)];
        IReadOnlyList<(string Genotype, MetricSet Metrics)> drawn = SampleRun.Draw(Sample.Space, 700);
        HypervolumeHistory expected = HypervolumeHistory.Compute(
            Sample.Problem with { Objectives = three }, [.. drawn.Select(pair => new Evaluation(Sample.Space.Parse(pair.Genotype), pair.Metrics))]);
        IReadOnlyList<HypervolumeMoment> series = HypervolumeSeries.Compute(three, [], Table(drawn));
        Assert.That(series, Has.Count.LessThanOrEqualTo(HypervolumeSeries.MaxPoints));
        Assert.That(series.Select(moment => moment.Share), Is.EqualTo(series.Select(moment => expected.Points[moment.Evaluations - 1].Share)).Within(1e-9));
    }

    [Test]
    public void Importance_ValueOfOneGeneAlone_IsThatGenesAlone()
    {
        Random random = new(3);
        Genotype[] genotypes = [.. Enumerable.Range(0, 2000).Select(_ => Sample.Space.Sample(random))];
        IReadOnlyList<GeneShare> shares = GeneImportance.Compute(Sample.Space, genotypes, [.. genotypes.Select(genotype => (double)genotype.Choices[0])]);
        Assert.That(shares[0].Gene, Is.EqualTo(Sample.Space.Genes[0].Name));
        Assert.That(shares[0].Share, Is.EqualTo(1).Within(1e-9));
        Assert.That(shares.Skip(1).Select(share => share.Share), Is.All.LessThan(0.01));
    }

    [Test]
    public void Importance_Noise_IsCloseToNothing()
    {
        Random random = new(4);
        Genotype[] genotypes = [.. Enumerable.Range(0, 2000).Select(_ => Sample.Space.Sample(random))];
        IReadOnlyList<GeneShare> shares = GeneImportance.Compute(Sample.Space, genotypes, [.. genotypes.Select(_ => random.NextDouble())]);
        Assert.That(shares.Select(share => share.Share), Is.All.LessThan(0.02));
    }

    [Test]
    public void Importance_EqualValues_IsEmpty()
    {
        Random random = new(4);
        Genotype[] genotypes = [.. Enumerable.Range(0, 20).Select(_ => Sample.Space.Sample(random))];
        Assert.That(GeneImportance.Compute(Sample.Space, genotypes, new double[20]), Is.Empty);
    }

    [Test]
    public async Task Tables_StageThatGrewAndWasFilledAnew_AreWhatTheStoreHolds()
    {
        using TemporaryFolder folder = new();
        await using NasStore store = await NasStore.OpenAsync(folder.PathOf("nas.db"));
        RunRecord run = await SampleRun.AddAsync(store.Runs, "sample", 30, DateTimeOffset.UnixEpoch);
        EvaluationTables tables = new(store.Queries);
        EvaluationTable first = await tables.GetAsync(run.Id, "search", CancellationToken.None);
        await store.Runs.AppendEvaluationsAsync(run.Id, "search", [("new one", new MetricSet(("fresh", 7)))], CancellationToken.None);
        EvaluationTable grown = await tables.GetAsync(run.Id, "search", CancellationToken.None);
        await store.Runs.ClearEvaluationsAsync(run.Id, "search", CancellationToken.None);
        await store.Runs.AppendEvaluationsAsync(run.Id, "search", [("another", new MetricSet(("accuracy", 0.25)))], CancellationToken.None);
        EvaluationTable anew = await tables.GetAsync(run.Id, "search", CancellationToken.None);
        Assert.That((first.Count, grown.Count, anew.Count), Is.EqualTo((30, 31, 1)));
        Assert.That((grown.Genotype(30), grown.Column("fresh")[30], double.IsNaN(grown.Column("fresh")[0])), Is.EqualTo(("new one", 7, true)));
        Assert.That((anew.Genotype(0), anew.Column("accuracy")[0]), Is.EqualTo(("another", 0.25)));
    }

    [Test]
    public async Task Queries_OverTwoRuns_CountAndMark()
    {
        using TemporaryFolder folder = new();
        await using NasStore store = await NasStore.OpenAsync(folder.PathOf("nas.db"));
        RunRecord first = await SampleRun.AddAsync(store.Runs, "first", 20, DateTimeOffset.UnixEpoch);
        RunRecord second = await SampleRun.AddAsync(store.Runs, "second", 10, DateTimeOffset.UnixEpoch.AddDays(1));
        await store.Runs.SetRunStateAsync(second.Id, RunState.Running, CancellationToken.None);
        IReadOnlyList<StageCount> counts = await store.Queries.CountEvaluationsAsync([first.Id, second.Id, "none"], CancellationToken.None);
        await store.Runs.PutTrainingAsync(second.Id, "k", -1, [new StoredTrainingPoint("k", 10, "{}"), new StoredTrainingPoint("k", 20, "{}")], CancellationToken.None);
        IReadOnlyList<RunMark> marks = await store.Queries.ListMarksAsync(10, CancellationToken.None);
        Assert.That(counts, Does.Contain(new StageCount(first.Id, "search", 20)).And.Contain(new StageCount(second.Id, "verify", 8)));
        Assert.That(marks, Is.EqualTo(new[] { new RunMark(second.Id, RunState.Running, 1, 26, 20), new RunMark(first.Id, RunState.Done, 1, 36, 0) }));
        Assert.That(await store.Queries.FindTrainedStepsAsync([first.Id, second.Id, "none"], CancellationToken.None), Is.EqualTo(new Dictionary<string, long> { [second.Id] = 20 }));
        Assert.That((await store.Queries.CountByStateAsync(CancellationToken.None))[RunState.Running], Is.EqualTo(1));
        Assert.That(await store.Queries.ListPredictorsAsync(first.Id, 10, CancellationToken.None), Has.Count.EqualTo(1));
        Assert.That((await store.Queries.ListSpacesAsync(10, CancellationToken.None)).Select(space => space.Name), Is.EqualTo(new[] { "sample-space" }));
    }

    [Test]
    public void IsInside_LinkThatLeadsOut_IsOutside()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.PathOf("data/deep"));
        File.CreateSymbolicLink(folder.PathOf("data/out"), "/etc");
        string data = folder.PathOf("data");
        Assert.That(FolderBounds.IsInside(data, Path.Combine(data, "deep", "file")), Is.True);
        Assert.That(FolderBounds.IsInside(data, Path.Combine(data, "out", "passwd")), Is.False);
        Assert.That(FolderBounds.IsInside(data, data), Is.False);
        Assert.That(FolderBounds.IsInside(data, data + "-other/file"), Is.False);
        Assert.That(FolderBounds.IsInside(data, Path.Combine(data, "..", "file")), Is.False);
    }

    private static EvaluationTable Table(IReadOnlyList<(string Genotype, MetricSet Metrics)> drawn) =>
        EvaluationTable.Empty.With([.. drawn.Select((pair, index) => new StoredEvaluation("search", index, pair.Genotype, pair.Metrics))]);
}
