using NasEngine.Reports.Content;

namespace NasEngine.Reports.Html;

/// <summary>How far the report's numbers can be trusted, in sentences.</summary>
internal static class TrustSection
{
    public static void Write(HtmlWriter html, RunReport report)
    {
        html.WriteRaw("<section class=\"half trust\"><h2>How far to trust this</h2><ul>");
        foreach (string sentence in Sentences(report))
        {
            html.Write($"<li>{sentence}</li>");
        }

        foreach (string warning in report.Device?.Warnings ?? [])
        {
            html.Write($"<li class=\"warning\">Device: {warning}</li>");
        }

        html.WriteRaw("</ul></section>");
    }

    private static IEnumerable<string> Sentences(RunReport report)
    {
        if (report.Predictors.Count == 0)
        {
            yield return "No predictor was fitted.";
        }

        foreach (PredictorQuality quality in report.Predictors)
        {
            yield return FormattableString.Invariant($"On {quality.Count} held-out networks the predictor of {quality.Target} is off by {Figures.Percent(quality.Mape)} on average and orders them with Kendall tau {quality.KendallTau:0.00}.");
        }

        int both = report.Front.Count(network => network.LatencyError is not null);
        yield return Summary.MedianLatencyError(report) is double error
            ? FormattableString.Invariant($"Predicted latency differs from measured by {Figures.Percent(error)} in the median of {both} of the front's {report.Front.Count} networks.")
            : "No network of the front has both a predicted and a measured latency.";
        yield return Summary.DistanceToLimit(report)
            ?? (report.Constraints.Count == 0 ? "The search had no hard limit." : "How far the chosen network stays from a latency limit is not known.");
        if (report.Front.Count > 0 && report.Front.All(network => network.TestAccuracy is null))
        {
            yield return "No network was tried on the test set; accuracies on validation data flatter networks that were chosen by them.";
        }

        yield return report.StandAlone is StandAloneAgreement agreement
            ? FormattableString.Invariant($"Trained alone, {agreement.Count} networks are ordered as with inherited weights with Kendall tau {agreement.KendallTau:0.00}.")
            : "Accuracies are with inherited weights; no network was trained alone to check their order.";
        if (report.Device is not null)
        {
            yield return report.Device.NotControlled.Count == 0
                ? "The measurement names nothing that it did not control."
                : $"Not controlled while measuring: {string.Join(", ", report.Device.NotControlled)}.";
            if (report.Device.Warnings.Count == 0)
            {
                yield return "The device gave no warning of drift.";
            }
        }
    }
}
