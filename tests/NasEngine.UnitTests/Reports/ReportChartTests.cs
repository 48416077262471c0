using System.Text.Json.Nodes;
using NasEngine.Core.Objectives;
using NasEngine.Reports;
using NasEngine.Reports.Content;
using NasEngine.Reports.Definitions;
using NasEngine.Testing.Reports;

namespace NasEngine.UnitTests.Reports;

internal sealed class ReportChartTests
{
    [Test]
    public void ParetoFront_FullReport_HasPredictedMeasuredIntervalsAndLimit()
    {
        RunReport report = SampleReport.Create();
        JsonArray series = Series(new ParetoFrontChart(), report);
        FrontNetwork first = report.Front[0];
        JsonNode interval = series.Single(one => (string?)one!["type"] == "lines")!["data"]![0]!["coords"]!;
        Assert.That(Named(series, "Front, predicted")["data"]!.AsArray(), Has.Count.EqualTo(12));
        Assert.That((double)Named(series, "Front, measured")["data"]![0]![0]!, Is.EqualTo(0.05));
        Assert.That((double)interval[0]![0]!, Is.EqualTo(first.MeasuredLatency!.LowMs).Within(1e-6));
        Assert.That((double)interval[1]![0]!, Is.EqualTo(first.MeasuredLatency.HighMs).Within(1e-6));
        Assert.That(Named(series, "Other evaluations")["data"]!.AsArray(), Has.Count.EqualTo(788));
        Assert.That((double)series.Single(one => one!["markLine"] is not null)!["markLine"]!["data"]![0]!["xAxis"]!, Is.EqualTo(0.35));
    }

    [Test]
    public void ParetoFront_LimitOfAnotherDevice_IsNotDrawn()
    {
        RunReport report = SampleReport.Create() with { Constraints = [new Constraint(new MetricKey("latency", "phone"), null, 2)] };
        Assert.That(Series(new ParetoFrontChart(), report).Any(one => one!["markLine"] is not null), Is.False);
    }

    [Test]
    public void ParetoFront_NoLatency_StandsAgainstMacs()
    {
        RunReport report = SampleReport.CreateEmpty() with { Front = [new FrontNetwork("a") { ValidationAccuracy = 0.9, Macs = 3e6 }] };
        JsonObject option = new ParetoFrontChart().CreateOption(report, ChartLayout.Wide);
        Assert.That((string?)option["xAxis"]!["name"], Does.Contain("Multiply-accumulates"));
        Assert.That(option["series"]![0]!["data"]!.ToJsonString(), Is.EqualTo("[[3,90]]"));
    }

    [Test]
    public void ParetoFront_NoCostAtAll_SaysWhy() => Assert.That(
        new ParetoFrontChart().WhyEmpty(SampleReport.CreateEmpty() with { Front = [new FrontNetwork("a") { ValidationAccuracy = 0.9 }] }),
        Does.Contain("neither a latency"));

    [Test]
    public void PredictorScatter_Accuracy_IsInPercentOnEqualAxes()
    {
        RunReport report = SampleReport.CreateEmpty() with { Predictors = [new PredictorQuality("accuracy", "linear", 2, 1, 0, 1, 1, [new PredictedPair(0.8, 0.81), new PredictedPair(double.NaN, 0.9)])] };
        JsonObject option = new PredictorScatterChart(report, 0).CreateOption(report, ChartLayout.Wide);
        Assert.That(Named(option["series"]!.AsArray(), "Held out")["data"]!.ToJsonString(), Is.EqualTo("[[81,80]]"));
        Assert.That((double)option["xAxis"]!["min"]!, Is.EqualTo((double)option["yAxis"]!["min"]!));
        Assert.That((double)option["xAxis"]!["max"]!, Is.EqualTo((double)option["yAxis"]!["max"]!).And.GreaterThanOrEqualTo(81));
    }

    [Test]
    public void Training_ManySteps_AreAveragedAndKeepTheirMean()
    {
        TrainingLoss[] losses = [.. Enumerable.Range(0, 1000).Select(step => new TrainingLoss(step, step % 2))];
        RunReport report = SampleReport.CreateEmpty() with { Training = new TrainingCurve(losses, []) };
        JsonArray points = Series(new TrainingCurveChart(), report)[0]!["data"]!.AsArray();
        Assert.That(points, Has.Count.EqualTo(300));
        Assert.That(points.Average(point => (double)point![1]!), Is.EqualTo(0.5).Within(0.05));
    }

    [Test]
    public void Training_DivergedLosses_AreLeftOut()
    {
        RunReport report = SampleReport.CreateEmpty() with { Training = new TrainingCurve([new TrainingLoss(0, 1), new TrainingLoss(1, double.NaN), new TrainingLoss(2, double.PositiveInfinity)], []) };
        Assert.That(Series(new TrainingCurveChart(), report)[0]!["data"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Definitions_SameReportTwice_AreEqualAndNamedApart()
    {
        ChartDefinition[] first = [.. ReportWriter.Definitions(SampleReport.Create())];
        ChartDefinition[] second = [.. ReportWriter.Definitions(SampleReport.Create())];
        Assert.That(second.Select(chart => chart.Option.ToJsonString()), Is.EqualTo(first.Select(chart => chart.Option.ToJsonString())));
        Assert.That(first.Select(chart => chart.Name), Is.Unique.And.All.Match("^[a-z0-9-]+$"));
    }

    [Test]
    public void Definitions_EmptyReport_AreNone() => Assert.That(ReportWriter.Definitions(SampleReport.CreateEmpty()), Is.Empty);

    [TestCase(new[] { 0.05, 0.35 }, 0.05, 0.35, 0.05)]
    [TestCase(new[] { 81.2, 89.9 }, 80, 90, 2)]
    [TestCase(new[] { 5.0 }, 5, 5.2, 0.2)]
    public void RoundRange_Values_GivesRoundEnds(double[] values, double low, double high, double step)
    {
        (double Low, double High, double Step) range = OptionParts.RoundRange(values, 6);
        Assert.That(range.Low, Is.LessThanOrEqualTo(values.Min()));
        Assert.That(range.High, Is.GreaterThanOrEqualTo(values.Max()).And.GreaterThan(range.Low));
        if (values.Length > 1)
        {
            Assert.That(range, Is.EqualTo((low, high, step)));
        }
    }

    private static JsonArray Series(ReportChart chart, RunReport report)
    {
        JsonArray series = chart.CreateOption(report, ChartLayout.Wide)["series"]!.AsArray();
        return series;
    }

    private static JsonNode Named(JsonArray series, string name) => series.Single(one => (string?)one!["name"] == name)!;
}
