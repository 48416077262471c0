using System.Text.Json.Nodes;
using NasEngine.Reports.Content;

namespace NasEngine.Reports.Definitions;

/// <summary>Predicted against true values on held-out architectures, with the diagonal that a perfect predictor would lie on.</summary>
public sealed class PredictorScatterChart : ReportChart
{
    private readonly PredictorQuality _quality;
    private readonly string _name;

    /// <summary>Initializes the chart of one predictor.</summary>
    /// <param name="report">The report.</param>
    /// <param name="index">The predictor's number in the report, from 0.</param>
    public PredictorScatterChart(RunReport report, int index)
    {
        ArgumentNullException.ThrowIfNull(report);
        _quality = report.Predictors[index];
        string target = new([.. _quality.Target.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]);
        bool isAlone = report.Predictors.Count(other => other.Target == _quality.Target) == 1;
        _name = $"predictor-{target.Trim('-')}{(isAlone ? string.Empty : FormattableString.Invariant($"-{index + 1}"))}";
    }

    /// <summary>Gets the predictor that the chart is of.</summary>
    public PredictorQuality Quality => _quality;

    /// <inheritdoc/>
    public override string Name => _name;

    /// <inheritdoc/>
    public override string Title => $"Predictor of {_quality.Target}";

    /// <inheritdoc/>
    public override string? WhyEmpty(RunReport report) =>
        Drawable().Any() ? null : $"No held-out values of {_quality.Target} were kept, so predicted cannot be drawn against true values.";

    /// <inheritdoc/>
    public override string Caption(RunReport report) =>
        $"Each point is a held-out architecture; on the line the prediction is exact{(_quality.IsLatency ? ", between the dashed lines it is within 10 %" : string.Empty)}.";

    /// <inheritdoc/>
    public override JsonObject CreateOption(RunReport report, ChartLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        double scale = _quality.IsAccuracy ? 100 : 1;
        (double Measured, double Predicted)[] points = [.. Drawable().Select(pair => (scale * pair.Measured, scale * pair.Predicted))];
        (double low, double high, double step) = OptionParts.RoundRange(points.SelectMany(point => new[] { point.Measured, point.Predicted }), layout.IsNarrow ? 4 : 6);
        JsonObject option = OptionParts.Frame(layout, [], legendRows: 0);
        string unit = _quality.IsLatency ? " (ms)" : _quality.IsAccuracy ? " (%)" : string.Empty;
        option["xAxis"] = Bounded(OptionParts.Axis($"{(_quality.IsLatency ? "Measured latency" : _quality.IsAccuracy ? "Validation accuracy" : "True value")}{unit}", layout, isVertical: false));
        option["yAxis"] = Bounded(OptionParts.Axis($"Predicted{unit}", layout, isVertical: true));
        List<JsonObject> series = [OptionParts.Line("Exact", [(low, low), (high, high)], ChartPalette.Muted, width: 1)];
        if (_quality.IsLatency)
        {
            series.Add(OptionParts.Line("+10 %", [(low, 1.1 * low), (high / 1.1, high)], ChartPalette.Faded, "dashed", 1));
            series.Add(OptionParts.Line("-10 %", [(low / 0.9, low), (high, 0.9 * high)], ChartPalette.Faded, "dashed", 1));
        }

        JsonObject scatter = OptionParts.Scatter("Held out", points, ChartPalette.Blue, 7);
        scatter["itemStyle"]!["opacity"] = 0.7;
        series.Add(scatter);
        option["series"] = new JsonArray([.. series]);
        return option;

        JsonObject Bounded(JsonObject axis)
        {
            (axis["min"], axis["max"], axis["interval"]) = (low, high, step);
            return axis;
        }
    }

    private IEnumerable<PredictedPair> Drawable() => _quality.Pairs.Where(pair => double.IsFinite(pair.Predicted) && double.IsFinite(pair.Measured));
}
