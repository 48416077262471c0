using NasEngine.Reports.Content;

namespace NasEngine.Reports.Html;

/// <summary>The front as a table, from fast to slow.</summary>
internal static class FrontTable
{
    private static readonly string[] Columns =
    [
        "Network", "Validation accuracy", "Test accuracy", "Latency, predicted", "Latency, measured (interval)", "Error of prediction", "Parameters", "MACs", "Memory",
    ];

    public static void Write(HtmlWriter html, RunReport report)
    {
        html.WriteRaw("<section class=\"full\"><h2>Networks of the front</h2>");
        if (report.Front.Count == 0)
        {
            html.WriteRaw("<p class=\"empty\">The front is empty.</p></section>");
            return;
        }

        html.WriteRaw("<div class=\"scroll\"><table><thead><tr>");
        foreach (string column in Columns)
        {
            html.Write($"<th scope=\"col\">{column}</th>");
        }

        html.WriteRaw("</tr></thead><tbody>");
        foreach (FrontNetwork network in Summary.Sorted(report))
        {
            bool isChosen = network.Genotype == report.Chosen;
            html.Write($"<tr class=\"{(isChosen ? "chosen" : "other")}\"><td><code>{network.Genotype}</code>");
            html.WriteRaw(isChosen ? " <span class=\"tag\">chosen</span></td>" : "</td>");
            string[] cells =
            [
                Figures.Percent(network.ValidationAccuracy), Figures.Percent(network.TestAccuracy), Figures.Milliseconds(network.PredictedLatencyMs),
                Figures.Interval(network.MeasuredLatency), Figures.SignedPercent(network.LatencyError), Figures.Count(network.Parameters),
                Figures.Count(network.Macs), Figures.Bytes(network.MemoryBytes),
            ];
            for (int index = 0; index < cells.Length; index++)
            {
                html.Write($"<td data-name=\"{Columns[index + 1]}\">{cells[index]}</td>");
            }

            html.WriteRaw("</tr>");
        }

        html.WriteRaw("</tbody></table></div></section>");
    }
}
