using System.Globalization;
using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Core.Spaces;
using NasEngine.Core.Tables;
using NasEngine.Jobs.Tables;
using NasEngine.Networks.Families;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Jobs.Tables;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Search_CompleteTable_EndsAtTheTrueFront()
    {
        TableSearchReport report = TableSearch.Run(Request(Complete(), 1000), SilentProgress.Instance, CancellationToken.None);
        TableSearchPoint end = report.ByEvaluations[^1];
        Assert.That((report.Architectures, end.Evaluations), Is.EqualTo((75, 75)));
        Assert.That((end.MissingHypervolume.Max, end.Regret), Is.EqualTo((0.0, 0.0)));
        Assert.That(report.ByEvaluations.Select(point => point.MissingHypervolume.Median), Is.Ordered.Descending);
    }

    [Test]
    public void Search_RowsAreMissing_LooksAtTheRowsAlone()
    {
        string some = Complete(row => row % 3 != 1);
        TableSearchReport report = TableSearch.Run(Request(some, 1000), SilentProgress.Instance, CancellationToken.None);
        Assert.That((report.Architectures, report.ByEvaluations[^1].Evaluations), Is.EqualTo((50, 50)));
        Assert.That(report.ByEvaluations[^1].MissingHypervolume.Max, Is.Zero);
    }

    [Test]
    public void Search_Limit_CountsOnlyWhatMeetsIt()
    {
        TableSearchReport report = TableSearch.Run(Request(Complete(), 75) with { Limits = ["cost<=3"] }, SilentProgress.Instance, CancellationToken.None);
        Assert.That(report.ByEvaluations[^1].BestFeasible, Is.EqualTo(12), "depth 1 and width 2 cost 3, and kind b adds 6");
    }

    [Test]
    public void Search_LimitThatNothingMeets_EndsWithTheNearest() => Assert.That(
        () => TableSearch.Run(Request(Complete(), 75) with { Limits = ["cost<=0.5"] }, SilentProgress.Instance, CancellationToken.None),
        Throws.InstanceOf<InfeasibleConstraintException>().With.Message.Contains("cost"));

    [Test]
    public void Search_OneObjective_RegretFallsToZero()
    {
        TableSearchReport report = TableSearch.Run(Request(Complete(), 75) with { Minimize = [] }, SilentProgress.Instance, CancellationToken.None);
        Assert.That(report.ByEvaluations[^1].Regret, Is.Zero);
        Assert.That(report.ByEvaluations[0].Regret, Is.GreaterThanOrEqualTo(0));
    }

    [TestCase("cost", "column<=number")]
    [TestCase("cost<=x", "column<=number")]
    [TestCase("<=3", "column<=number")]
    public void Search_LimitWrittenWrong_SaysHow(string limit, string form) => Assert.That(
        () => TableSearch.Run(Request(Complete(), 5) with { Limits = [limit] }, SilentProgress.Instance, CancellationToken.None),
        Throws.InstanceOf<UsageException>().With.Message.Contains(form));

    [Test]
    public void Predict_LinearTarget_IsFoundFromFewRows()
    {
        TablePredictionReport report = TablePrediction.Run(
            new TablePredictionRequest(Source(Complete()), "score", [], 40, 3, "ridge", TableSplit.Random), SilentProgress.Instance, CancellationToken.None);
        Assert.That((report.Train, report.Test, report.Seeds), Is.EqualTo((40, 35, 3)));
        Assert.That(report.Metrics["tau"].Mean, Is.GreaterThan(0.9));
        Assert.That(report.Metrics.Keys, Is.EqualTo(new[] { "tau", "spearman", "mae", "rmse", "mape", "within5", "within10" }));
    }

    [Test]
    public void Predict_RepeatedRows_AreAveragedSoThatNoneIsOnBothSides()
    {
        string twice = Complete() + string.Join('\n', Complete().Split('\n').Skip(1));
        TablePredictionReport report = TablePrediction.Run(
            new TablePredictionRequest(Source(twice), "score", [], 40, 1, "ridge", TableSplit.Random), SilentProgress.Instance, CancellationToken.None);
        Assert.That((report.Merged, report.Test), Is.EqualTo((75, 35)));
    }

    [Test]
    public void Predict_BlankCells_LeaveTheRowOut()
    {
        string blank = Complete() + "1,1,a,5,\n";
        TableSource source = Source(blank);
        Assert.That(TablePrediction.Run(new TablePredictionRequest(source, "score", ["cost"], 40, 1, "ridge", TableSplit.File), SilentProgress.Instance, CancellationToken.None).LeftOut, Is.EqualTo(1));
    }

    [Test]
    public void Predict_TargetAmongTheFeatures_IsRefused() => Assert.That(
        () => TablePrediction.Run(new TablePredictionRequest(Source(Complete()), "score", ["score"], 40, 1, "ridge", TableSplit.Random), SilentProgress.Instance, CancellationToken.None),
        Throws.InstanceOf<UsageException>().With.Message.Contains("cannot be predicted from itself"));

    [TestCase(TableSplit.Random, 100, 60)]
    [TestCase(TableSplit.File, 100, 80)]
    [TestCase(TableSplit.File, 100, 30)]
    public void Split_Rows_AreNeverOnBothSides(TableSplit split, int rows, int train)
    {
        (int[] fitted, int[] judged) = TableSplits.Draw(split, rows, train, 3);
        Assert.That(fitted, Has.Length.EqualTo(train));
        Assert.That(fitted.Intersect(judged), Is.Empty);
        Assert.That(split == TableSplit.File ? judged.Min() >= 90 && fitted.Max() < 80 : judged.Length == rows - train);
        Assert.That(TableSplits.Draw(split, rows, train, 3).Train, Is.EqualTo(fitted));
    }

    [Test]
    public void Split_MoreThanThereAre_SaysHowManyCanBe() => Assert.That(
        () => TableSplits.Draw(TableSplit.File, 100, 81, 1), Throws.InstanceOf<UsageException>().With.Message.Contains("Between 3 and 80 rows"));

    [Test]
    public void Genes_NumbersAtTheEndOfNames_AreOneDimension()
    {
        CsvTable table = CsvTable.Parse("t.csv", "k1,depth,k2,kind\n3,1,5,x\n5,2,3,y\n");
        TableGenes genes = TableGenes.Of(table, ["k1", "depth", "k2", "kind"], ["depth"]);
        Assert.That(genes.Space!.Genes.Select(gene => (gene.Name, gene.IsCategorical)), Is.EqualTo(new[] { ("k[0]", false), ("k[1]", false), ("depth[0]", true), ("kind[0]", true) }));
        Assert.That(genes.Space.Format(genes.Rows[1]), Is.EqualTo("k=5,3 depth=2 kind=y"));
    }

    [Test]
    public void Genes_ManyDifferentNumbers_AreContinuous()
    {
        CsvTable table = CsvTable.Parse("t.csv", "x,k\n" + string.Join('\n', Enumerable.Range(0, 300).Select(row => FormattableString.Invariant($"{row * 0.1},{row % 3}"))));
        Assert.That(TableGenes.Of(table, ["x", "k"], []).Continuous, Is.EqualTo(new[] { "x" }));
    }

    [Test]
    public void Genes_ValueThatTheSpaceDoesNotHave_SaysWhereAndWhatIsAllowed()
    {
        CsvTable table = CsvTable.Parse("cells.csv", "edge01,edge02,edge03,edge12,edge13,edge23\nskip,skip,skip,skip,skip,maxpool\n");
        Assert.That(
            () => TableGenes.Of(table, Cells()),
            Throws.InstanceOf<InputFormatException>().With.Message.EqualTo("cells.csv: line 2: column 'edge23' holds 'maxpool'; allowed: none, skip, avgpool3x3, conv1x1, conv3x3."));
    }

    [Test]
    public void Proxies_SizeInDisguise_HasNoCorrelationAtMatchedSize()
    {
        // The proxy is the size and noise; the target is the size and the real thing.
        Random random = new(7);
        StringBuilder text = new("target,disguise,real,size\n");
        for (int row = 0; row < 600; row++)
        {
            (double size, double real) = (row % 6, random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"{size + real},{size + (0.5 * random.NextDouble())},{real},{size}\n");
        }

        TableProxiesReport report = TableProxies.Run(new TableProxiesRequest(Write(text.ToString()), "target", ["disguise", "real"], "size", 0, 1), SilentProgress.Instance, CancellationToken.None);
        ProxyQuality disguise = report.Proxies.Single(one => one.Name == "disguise");
        Assert.That(disguise.Spearman, Is.GreaterThan(0.9));
        Assert.That(disguise.MatchedSize, Is.EqualTo(0).Within(0.1));
        Assert.That(report.Proxies.Single(one => one.Name == "real").MatchedSize, Is.EqualTo(1).Within(1e-9));
    }

    // 5 depths × 5 widths × 3 kinds: a score and a cost that trade off.
    private static string Complete(Func<int, bool>? keep = null)
    {
        StringBuilder text = new("depth,width,kind,score,cost\n");
        int row = 0;
        foreach (int depth in Enumerable.Range(1, 5))
        {
            foreach (int width in Enumerable.Range(1, 5))
            {
                foreach (string kind in new[] { "a", "b", "c" })
                {
                    if (keep?.Invoke(row++) != false)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{depth},{width},{kind},{(2 * depth) + (2 * width) + (kind == "b" ? 6 : 0)},{depth * (width + (kind == "c" ? 0.5 : 1))}\n");
                    }
                }
            }
        }

        return text.ToString();
    }

    private TableSearchRequest Request(string table, int evaluations) => new(Source(table), ["score"], ["cost"], [], evaluations, 3, "nsga-ii");

    private TableSource Source(string table) => new(Write(table), ["depth", "width", "kind"], [], null);

    private string Write(string table)
    {
        string file = _folder.PathOf("table.csv");
        File.WriteAllText(file, table);
        return file;
    }

    private static SearchSpace Cells() => NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf("searchspaces/nas-bench-201.json"));
}
