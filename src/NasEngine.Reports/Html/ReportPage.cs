using NasEngine.Reports.Content;
using NasEngine.Reports.Definitions;

namespace NasEngine.Reports.Html;

/// <summary>Puts the page together from a report and its drawn charts.</summary>
internal static class ReportPage
{
    public const string NarrowSuffix = "-narrow";

    /// <param name="report">The report.</param>
    /// <param name="drawings">The SVG documents by chart name, and by that name with <see cref="NarrowSuffix"/>.</param>
    public static string Write(RunReport report, IReadOnlyDictionary<string, string> drawings)
    {
        HtmlWriter html = new();
        html.WriteRaw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Write($"<title>{report.Name}</title>");
        html.WriteRaw($"<style>\n{Style()}{ChartPalette.DarkRules}\n</style>\n</head>\n<body>\n<main>");
        Header(html, report);
        html.WriteRaw("<div class=\"panels\">");
        foreach (ReportChart chart in ReportChart.For(report))
        {
            Chart(html, report, chart, drawings);
            if (chart is ParetoFrontChart)
            {
                FrontTable.Write(html, report);
            }
        }

        if (report.Predictors.Count == 0)
        {
            html.WriteRaw("<section><h2>Predictors</h2><p class=\"empty\">The run fitted no predictor.</p></section>");
        }

        Drawing(html, report);
        TrustSection.Write(html, report);
        html.WriteRaw("</div>\n</main>\n</body>\n</html>");
        return html.ToString();
    }

    private static void Header(HtmlWriter html, RunReport report)
    {
        html.Write($"<header><h1>{report.Name}</h1><p class=\"id\">Run {report.Id}</p><p class=\"summary\">{Summary.Of(report)}</p><dl>");
        Fact("Search space", $"{report.Space.Name} ({report.Space.Family})");
        Fact("Architectures", Figures.Exact(report.Space.Size));
        Fact("Data", report.Data);
        Fact("Seed", Figures.Exact(report.Seed).Replace("\u202f", string.Empty, StringComparison.Ordinal));
        Fact("Device", report.Device is null ? "none: no latency was searched or measured"
            : report.Device.Description.Length == 0 ? report.Device.Name : $"{report.Device.Name}: {report.Device.Description}");
        if (report.Device is not null)
        {
            Fact("Device fingerprint", report.Device.Fingerprint);
        }

        Fact("Limits", report.Constraints.Count == 0 ? "none" : string.Join("; ", report.Constraints));
        Fact("Started", FormattableString.Invariant($"{report.StartedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"));
        Fact("Duration", Figures.Duration(report.Duration));
        html.Write($"<div class=\"full\"><dt>Command to repeat it</dt><dd><code>{report.Command}</code></dd></div></dl></header>");

        void Fact(string name, string value) => html.Write($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }

    private static void Chart(HtmlWriter html, RunReport report, ReportChart chart, IReadOnlyDictionary<string, string> drawings)
    {
        bool isHalf = chart is not ParetoFrontChart;
        html.Write($"<section class=\"{(isHalf ? "half" : "full")}\"><h2>{chart.Title}</h2>");
        if (chart.WhyEmpty(report) is string why)
        {
            html.Write($"<p class=\"empty\">{why}</p>");
        }
        else
        {
            html.Write($"<figure role=\"group\" aria-label=\"{chart.Title}\"><figcaption>{chart.Caption(report)}</figcaption>");
            html.WriteRaw(WithClass(drawings[chart.Name], "wide"));
            html.WriteRaw(WithClass(drawings[chart.Name + NarrowSuffix], "narrow"));
            html.WriteRaw("</figure>");
        }

        if (chart is PredictorScatterChart { Quality: PredictorQuality quality })
        {
            html.Write($"<ul class=\"numbers\"><li>{quality.Kind}</li><li>n <b>{quality.Count}</b></li><li>Kendall tau <b>{quality.KendallTau:0.000}</b></li><li>MAPE <b>{Figures.Percent(quality.Mape)}</b></li><li>within 5 % <b>{Figures.Percent(quality.Within5)}</b></li><li>within 10 % <b>{Figures.Percent(quality.Within10)}</b></li></ul>");
        }

        html.WriteRaw("</section>");
    }

    private static void Drawing(HtmlWriter html, RunReport report)
    {
        html.WriteRaw("<section class=\"half drawing\"><h2>Chosen network</h2>");
        if (report.ChosenDrawing is null)
        {
            html.Write($"<p class=\"empty\">{(report.Chosen is null ? "The run chose no network." : "This family has no network to draw.")}</p></section>");
            return;
        }

        html.Write($"<p><code>{report.Chosen}</code></p><figure role=\"group\" aria-label=\"Chosen network\"><figcaption>Boxes are as wide as a block has channels; the light part is the width inside it, after expansion. Dashed: blocks of the space that this network leaves out.</figcaption>");
        html.WriteRaw(NetworkDiagram.Draw(report.ChosenDrawing) + "</figure></section>");
    }

    private static string WithClass(string svg, string name) => svg.Replace("<svg ", $"<svg class=\"{name}\" aria-hidden=\"true\" ", StringComparison.Ordinal);

    private static string Style()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
