using System.Text.Json.Nodes;
using NasEngine.Reports.Content;

namespace NasEngine.Reports.Definitions;

/// <summary>One chart of the report: a pure function from the report to an ECharts option.</summary>
public abstract class ReportChart
{
    /// <summary>Gets the name: lower-case letters, digits and dashes.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the heading.</summary>
    public abstract string Title { get; }

    /// <summary>Says in one sentence why there is nothing to draw; <see langword="null"/> if there is.</summary>
    public abstract string? WhyEmpty(RunReport report);

    /// <summary>Says in a sentence or two how to read the chart.</summary>
    public abstract string Caption(RunReport report);

    /// <summary>Makes the ECharts option. Only for a report with something to draw.</summary>
    public abstract JsonObject CreateOption(RunReport report, ChartLayout layout);

    /// <summary>Gives the charts of a report, in the order of the page; those with nothing to draw included.</summary>
    public static IReadOnlyList<ReportChart> For(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            new ParetoFrontChart(),
            new HypervolumeChart(),
            .. report.Predictors.Select((_, index) => new PredictorScatterChart(report, index)),
            new TrainingCurveChart(),
        ];
    }
}
