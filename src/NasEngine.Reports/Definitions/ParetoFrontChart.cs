using System.Text.Json.Nodes;
using NasEngine.Core.Objectives;
using NasEngine.Reports.Content;

namespace NasEngine.Reports.Definitions;

/// <summary>Accuracy against latency: the front as predicted and as measured, its limit, and what it dominates.</summary>
/// <remarks>Without any latency the horizontal axis is multiply-accumulates.</remarks>
public sealed class ParetoFrontChart : ReportChart
{
    private const int MostEvaluations = 1500;

    /// <inheritdoc/>
    public override string Name => "pareto-front";

    private const double FarthestDrawn = 2;

    /// <inheritdoc/>
    public override string Title => "Pareto front";

    /// <inheritdoc/>
    public override string? WhyEmpty(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Front.Count == 0 ? "The run has no front: no evaluated network meets every limit."
            : !report.Front.Any(network => network.Accuracy is not null) ? "The networks of the front have no accuracy, so there is nothing to draw them against."
            : UsesLatency(report) || report.Front.Any(network => network.Macs is not null) ? null
            : "The networks of the front have neither a latency nor a number of multiply-accumulates to draw their accuracy against.";
    }

    /// <inheritdoc/>
    public override string Caption(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string thinned = report.Evaluations.Count > MostEvaluations
            ? FormattableString.Invariant($" Of {report.Evaluations.Count} evaluations {MostEvaluations}, evenly spread, are drawn.") : string.Empty;
        return (UsesLatency(report)
            ? "Up and to the left is better. Bars through measured points span the interval of the median." + FarLimit(report)
            : "Up and to the left is better. No latency was searched or measured, so accuracy stands against multiply-accumulates.") + thinned;
    }

    /// <inheritdoc/>
    public override JsonObject CreateOption(RunReport report, ChartLayout layout)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(layout);
        return UsesLatency(report) ? LatencyOption(report, layout) : MacsOption(report, layout);
    }

    internal static bool UsesLatency(RunReport report) => report.Front.Any(network => network.LatencyMs is not null && network.Accuracy is not null);

    internal static double? LatencyLimit(RunReport report) => report.Constraints
        .Where(constraint => constraint.Key.Metric == Metric.LatencyOnDevice.Name
            && (constraint.Key.Device is null || report.Device is null || constraint.Key.Device == report.Device.Name))
        .Min(constraint => constraint.Maximum);

    // A limit far beyond every network would press them all into a corner of the chart.
    private static double? DrawnLimit(RunReport report) =>
        LatencyLimit(report) is double limit && limit <= FarthestDrawn * report.Front.Max(network => network.LatencyMs ?? 0) ? limit : null;

    private static string FarLimit(RunReport report) => LatencyLimit(report) is double limit && DrawnLimit(report) is null
        ? FormattableString.Invariant($" The limit of {limit:0.####} ms lies beyond the chart.") : string.Empty;

    private static JsonObject LatencyOption(RunReport report, ChartLayout layout)
    {
        (double X, double Y)[] predicted = [.. report.Front
            .Where(network => network.PredictedLatencyMs is not null)
            .Select(network => (network.PredictedLatencyMs!.Value, 100 * (network.PredictedAccuracy ?? network.ValidationAccuracy ?? double.NaN)))
            .Order()];
        FrontNetwork[] measured = [.. report.Front
            .Where(network => network.MeasuredLatency is not null && network.Accuracy is not null)
            .OrderBy(network => network.MeasuredLatency!.MedianMs).ThenBy(network => network.Genotype, StringComparer.Ordinal)];
        List<JsonObject> series = [Dominated(report, evaluation => evaluation.LatencyMs)];
        if (predicted.Length > 0)
        {
            JsonObject hollow = OptionParts.Scatter("Front, predicted", predicted, ChartPalette.Orange, 9);
            hollow["itemStyle"] = new JsonObject { ["color"] = ChartPalette.Paper, ["borderColor"] = ChartPalette.Orange, ["borderWidth"] = 2 };
            series.Add(hollow);
        }

        if (measured.Length > 0)
        {
            JsonObject line = OptionParts.Line("Front, measured", measured.Select(network => (network.MeasuredLatency!.MedianMs, 100 * network.Accuracy!.Value)), ChartPalette.Blue, width: 1.5);
            line["symbol"] = "circle";
            line["symbolSize"] = 8;
            series.Add(line);
            series.Add(Intervals(measured));
        }

        AddChosen(report, series, network => network.LatencyMs);
        if (DrawnLimit(report) is double limit)
        {
            series.Add(Limit(limit, 100 * report.Front.Max(network => network.Accuracy ?? double.NegativeInfinity), layout));
        }

        return Assemble(report, layout, series, report.Device is null ? "Latency (ms)" : $"Latency on {report.Device.Name} (ms)");
    }

    private static JsonObject MacsOption(RunReport report, ChartLayout layout)
    {
        JsonObject front = OptionParts.Line("Front", report.Front
            .Where(network => network.Macs is not null && network.Accuracy is not null)
            .Select(network => (network.Macs!.Value / 1e6, 100 * network.Accuracy!.Value)).Order(), ChartPalette.Blue, width: 1.5);
        front["symbol"] = "circle";
        front["symbolSize"] = 8;
        List<JsonObject> series = [Dominated(report, evaluation => evaluation.Macs / 1e6), front];
        AddChosen(report, series, network => network.Macs / 1e6);
        return Assemble(report, layout, series, "Multiply-accumulates (million)");
    }

    private static JsonObject Assemble(RunReport report, ChartLayout layout, List<JsonObject> series, string costName)
    {
        series.RemoveAll(one => one["data"] is JsonArray { Count: 0 });
        string[] legend = [.. series.Select(one => (string)one["name"]!).Where(name => name.Length > 0)];
        JsonObject option = OptionParts.Frame(layout, legend, right: 26, legendRows: layout.IsNarrow ? (legend.Length + 1) / 2 : 1);
        option["xAxis"] = OptionParts.Axis(costName, layout, isVertical: false);
        bool isValidated = report.Front.Any(network => network.ValidationAccuracy is not null);
        option["yAxis"] = OptionParts.Axis(isValidated ? "Validation accuracy (%)" : "Predicted accuracy (%)", layout, isVertical: true);
        option["series"] = new JsonArray([.. series]);
        return option;
    }

    private static JsonObject Dominated(RunReport report, Func<EvaluatedNetwork, double?> cost)
    {
        HashSet<string> front = [.. report.Front.Select(network => network.Genotype)];
        EvaluatedNetwork[] dominated = [.. report.Evaluations.Where(evaluation => !front.Contains(evaluation.Genotype))];
        JsonObject series = OptionParts.Scatter("Other evaluations", OptionParts.Thin(dominated, MostEvaluations)
            .Select(evaluation => (cost(evaluation) ?? double.NaN, 100 * (evaluation.Accuracy ?? double.NaN))), ChartPalette.Faded, 4);
        series["itemStyle"]!["opacity"] = 0.55;
        return series;
    }

    private static JsonObject Intervals(IEnumerable<FrontNetwork> measured) => new()
    {
        ["type"] = "lines",
        ["name"] = string.Empty,
        ["coordinateSystem"] = "cartesian2d",
        ["z"] = 3,
        ["lineStyle"] = new JsonObject { ["color"] = ChartPalette.Blue, ["width"] = 5, ["opacity"] = 0.45 },
        ["data"] = new JsonArray([.. measured.Select(network => (JsonNode)new JsonObject
        {
            ["coords"] = new JsonArray(
                OptionParts.Pair(network.MeasuredLatency!.LowMs, 100 * network.Accuracy!.Value),
                OptionParts.Pair(network.MeasuredLatency.HighMs, 100 * network.Accuracy.Value)),
        })]),
    };

    private static void AddChosen(RunReport report, List<JsonObject> series, Func<FrontNetwork, double?> cost)
    {
        FrontNetwork? chosen = report.Front.FirstOrDefault(network => network.Genotype == report.Chosen);
        if (chosen is not null && cost(chosen) is double x && chosen.Accuracy is double accuracy)
        {
            JsonObject mark = OptionParts.Scatter("Chosen", [(x, 100 * accuracy)], ChartPalette.Green, 16, "diamond");
            mark["z"] = 5;
            series.Add(mark);
        }
    }

    // The point without size makes the axis reach to the limit.
    private static JsonObject Limit(double limit, double height, ChartLayout layout)
    {
        JsonObject series = OptionParts.Scatter(string.Empty, [(limit, height)], ChartPalette.Red, 0);
        series["markLine"] = new JsonObject
        {
            ["silent"] = true,
            ["symbol"] = "none",
            ["lineStyle"] = new JsonObject { ["color"] = ChartPalette.Red, ["width"] = 1.5, ["type"] = "dashed" },
            ["label"] = new JsonObject
            {
                ["formatter"] = FormattableString.Invariant($"limit {limit:0.####} ms"),
                ["position"] = "insideStartTop",
                ["color"] = ChartPalette.Red,
                ["textBorderWidth"] = 0,
                ["fontSize"] = layout.IsNarrow ? 11 : 12,
            },
            ["data"] = new JsonArray(new JsonObject { ["xAxis"] = OptionParts.Round(limit) }),
        };
        return series;
    }
}
