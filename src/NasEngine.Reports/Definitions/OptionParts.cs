using System.Globalization;
using System.Text.Json.Nodes;

namespace NasEngine.Reports.Definitions;

/// <summary>What the options of all charts share.</summary>
internal static class OptionParts
{
    public const string FontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

    public static JsonObject Frame(ChartLayout layout, IEnumerable<string> legend, int right = 18, int legendRows = 1) => new()
    {
        ["animation"] = false,
        ["backgroundColor"] = "transparent",
        ["textStyle"] = new JsonObject { ["fontFamily"] = FontFamily, ["color"] = ChartPalette.Ink },
        ["legend"] = new JsonObject
        {
            ["top"] = 0,
            ["left"] = "center",
            ["itemWidth"] = 18,
            ["itemHeight"] = 10,
            ["itemGap"] = layout.IsNarrow ? 16 : 24,
            ["textStyle"] = new JsonObject { ["color"] = ChartPalette.Ink, ["fontSize"] = 12 },
            ["data"] = new JsonArray([.. legend.Select(name => (JsonNode)name)]),
        },
        ["grid"] = new JsonObject
        {
            ["left"] = layout.IsNarrow ? 58 : 66,
            ["right"] = right,
            ["top"] = 16 + (24 * legendRows),
            ["bottom"] = 52,
            ["outerBoundsMode"] = "none",
        },
    };

    public static JsonObject Axis(string name, ChartLayout layout, bool isVertical, bool isRight = false)
    {
        JsonObject axis = new()
        {
            ["type"] = "value",
            ["scale"] = true,
            ["name"] = name,
            ["nameLocation"] = "middle",
            ["nameGap"] = isVertical ? (layout.IsNarrow ? 40 : 46) : 32,
            ["nameTextStyle"] = new JsonObject { ["color"] = ChartPalette.Ink, ["fontSize"] = 12 },
            ["splitNumber"] = layout.IsNarrow ? 4 : 6,
            ["axisLabel"] = new JsonObject { ["color"] = ChartPalette.Muted, ["fontSize"] = 12, ["hideOverlap"] = true },
            ["axisLine"] = new JsonObject { ["show"] = !isVertical, ["onZero"] = false, ["lineStyle"] = new JsonObject { ["color"] = ChartPalette.Muted } },
            ["axisTick"] = new JsonObject { ["show"] = !isVertical, ["lineStyle"] = new JsonObject { ["color"] = ChartPalette.Muted } },
            ["splitLine"] = new JsonObject { ["show"] = isVertical && !isRight, ["lineStyle"] = new JsonObject { ["color"] = ChartPalette.Grid, ["width"] = 1 } },
        };
        return axis;
    }

    public static JsonObject Line(string name, IEnumerable<(double X, double Y)> points, string color, string style = "solid", double width = 2) => new()
    {
        ["type"] = "line",
        ["name"] = name,
        ["data"] = Points(points),
        ["symbol"] = "none",
        ["lineStyle"] = new JsonObject { ["color"] = color, ["width"] = width, ["type"] = style },
        ["itemStyle"] = new JsonObject { ["color"] = color },
    };

    public static JsonObject Scatter(string name, IEnumerable<(double X, double Y)> points, string color, double size, string symbol = "circle") => new()
    {
        ["type"] = "scatter",
        ["name"] = name,
        ["data"] = Points(points),
        ["symbol"] = symbol,
        ["symbolSize"] = size,
        ["itemStyle"] = new JsonObject { ["color"] = color },
    };

    /// <summary>Gives the pairs as an array; those that are not finite are left out.</summary>
    public static JsonArray Points(IEnumerable<(double X, double Y)> points) =>
        new([.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(point => (JsonNode)Pair(point.X, point.Y))]);

    public static JsonArray Pair(double x, double y) => new(Round(x), Round(y));

    /// <summary>Keeps six significant digits: more cannot be seen, and would make files large.</summary>
    public static double Round(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : 0;

    /// <summary>Gives round ends and a round step for an axis that holds all values.</summary>
    public static (double Low, double High, double Step) RoundRange(IEnumerable<double> values, int steps)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        (double low, double high) = (finite.Min(), finite.Max());
        if (high <= low)
        {
            double room = Math.Max(Math.Abs(high), 1e-9) * 0.1;
            (low, high) = (low - room, high + room);
        }

        double raw = (high - low) / steps;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return (Round(Math.Floor((low / step) + 1e-9) * step), Round(Math.Ceiling((high / step) - 1e-9) * step), Round(step));
    }

    /// <summary>Takes at most <paramref name="limit"/> items, evenly spread, the first and the last among them.</summary>
    public static IReadOnlyList<T> Thin<T>(IReadOnlyList<T> items, int limit) =>
        items.Count <= limit ? items : [.. Enumerable.Range(0, limit).Select(index => items[(int)((long)index * (items.Count - 1) / (limit - 1))])];
}
