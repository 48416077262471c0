using System.Text.Json.Nodes;
using NasEngine.Reports.Content;

namespace NasEngine.Reports.Definitions;

/// <summary>The hypervolume by the number of evaluations: how fast the search went on, and whether it still does.</summary>
public sealed class HypervolumeChart : ReportChart
{
    /// <inheritdoc/>
    public override string Name => "hypervolume";

    /// <inheritdoc/>
    public override string Title => "Hypervolume by evaluation";

    /// <inheritdoc/>
    public override string? WhyEmpty(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Hypervolume.Count(step => double.IsFinite(step.Value)) >= 2 ? null
            : "The run kept fewer than two values of the hypervolume, so there is no course to draw.";
    }

    /// <inheritdoc/>
    public override string Caption(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        HypervolumeStep last = report.Hypervolume[^1];
        int settled = report.Hypervolume.FirstOrDefault(step => step.Value >= 0.99 * last.Value, last).Evaluations;
        return FormattableString.Invariant(
            $"How much of the objective space the front covers; larger is better. 99 % of the final value {last.Value:0.####} was reached after {settled} of {last.Evaluations} evaluations.");
    }

    /// <inheritdoc/>
    public override JsonObject CreateOption(RunReport report, ChartLayout layout)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(layout);
        JsonObject option = OptionParts.Frame(layout, [], legendRows: 0);
        JsonObject line = OptionParts.Line("Hypervolume", OptionParts.Thin(report.Hypervolume, 600).Select(step => ((double)step.Evaluations, step.Value)), ChartPalette.Blue);
        line["step"] = "end";
        line["areaStyle"] = new JsonObject { ["color"] = ChartPalette.Blue, ["opacity"] = 0.1, ["origin"] = "start" };
        option["xAxis"] = OptionParts.Axis("Evaluations", layout, isVertical: false);
        option["xAxis"]!["min"] = 0;
        option["xAxis"]!["max"] = "dataMax";
        option["xAxis"]!["axisLabel"]!["showMaxLabel"] = false;
        option["yAxis"] = OptionParts.Axis("Hypervolume", layout, isVertical: true);
        option["series"] = new JsonArray(line);
        return option;
    }
}
