using NasEngine.Reports;
using NasEngine.Reports.Content;
using NasEngine.Reports.Definitions;
using NasEngine.Reports.Html;
using NasEngine.Testing.Reports;

namespace NasEngine.UnitTests.Reports;

internal sealed class ReportPageTests
{
    [Test]
    public void Write_NamesWithMarkup_AreEscapedEverywhere()
    {
        const string Evil = "<script>alert(\"&'\")</script>";
        RunReport report = SampleReport.Create();
        report = report with
        {
            Name = Evil,
            Id = Evil,
            Data = Evil,
            Command = Evil,
            Chosen = Evil,
            Space = new SpaceSummary(Evil, Evil, 1),
            Device = new DeviceSummary(Evil, Evil, Evil, [Evil], [Evil]),
            Front = [.. report.Front, new FrontNetwork(Evil) { ValidationAccuracy = 0.5 }],
            Predictors = [.. report.Predictors.Select(quality => quality with { Kind = Evil, Target = Evil })],
            ChosenDrawing = new NetworkDrawing(Evil, [new StageDrawing(Evil, 1, [new BlockDrawing(Evil, 1)])], Evil),
        };
        string page = Page(report);
        Assert.That(page, Does.Not.Contain("<script").And.Contain("&lt;script&gt;alert(&quot;&amp;"));
    }

    [Test]
    public void Write_EmptyReport_SaysSoInSentences()
    {
        string page = Page(SampleReport.CreateEmpty());
        Assert.That(page, Does.Contain("The run found no network that meets every limit.")
            .And.Contain("The run has no front").And.Contain("The run fitted no predictor.").And.Contain("The run trained no supernet.")
            .And.Contain("The run chose no network.").And.Not.Contain("NaN").And.Not.Contain("<svg"));
    }

    [Test]
    public void Write_MeasuredLatency_NeverStandsWithoutItsInterval()
    {
        RunReport report = SampleReport.CreateEmpty() with
        {
            Front = [new FrontNetwork("a") { ValidationAccuracy = 0.9, PredictedLatencyMs = 0.55, MeasuredLatency = new MeasuredLatency(0.5, 0.48, 0.53) }],
        };
        string page = Page(report);
        Assert.That(page, Does.Contain("0.500 ms (0.480 to 0.530)").And.Contain("+10.0 %"));
        Assert.That(page.Replace("0.500 ms (0.480 to 0.530)", string.Empty, StringComparison.Ordinal), Does.Not.Contain("0.500"));
    }

    [Test]
    public void Of_FullReport_NamesFastestAndMostAccurate() =>
        Assert.That(Summary.Of(SampleReport.Create()), Does.StartWith("12 networks on the front; the fastest takes 0.0500 ms").And.Contain("84.8 % test accuracy"));

    [TestCase(0.2, 0.25, "Its whole interval meets the limit.")]
    [TestCase(0.3, 0.4, "Its interval reaches across the limit")]
    [TestCase(0.4, 0.5, "Its whole interval breaks the limit.")]
    public void DistanceToLimit_IntervalAgainstLimit_SaysWhetherItHolds(double low, double high, string expected)
    {
        RunReport report = SampleReport.Create() with
        {
            Chosen = "a",
            Front = [new FrontNetwork("a") { MeasuredLatency = new MeasuredLatency((low + high) / 2, low, high) }],
        };
        Assert.That(Summary.DistanceToLimit(report), Does.Contain(expected).And.Contain("the limit of 0.350 ms"));
    }

    [Test]
    public void Write_SameReportTwice_IsEqual() => Assert.That(Page(SampleReport.Create()), Is.EqualTo(Page(SampleReport.Create())));

    [Test]
    public void Draw_SkippedBlock_IsADashedGhost()
    {
        NetworkDrawing drawing = new("in", [new StageDrawing("Stage", 7, [new BlockDrawing("MBConv", 8, 3, 2), new BlockDrawing("MBConv", 8, IsSkipped: true)])], "out");
        string svg = NetworkDiagram.Draw(drawing);
        Assert.That(svg, Does.Contain("MBConv 3 × 3").And.Contain("8 channels, expand 2").And.Contain("left out"));
        Assert.That(svg.Split("stroke-dasharray").Length, Is.EqualTo(2));
    }

    private static string Page(RunReport report) => ReportPage.Write(
        report, ReportWriter.Definitions(report).ToDictionary(chart => chart.Name, _ => "<svg viewBox=\"0 0 1 1\"></svg>"));
}
