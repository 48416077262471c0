using NasEngine.Reports.Content;
using NasEngine.Reports.Definitions;

namespace NasEngine.Reports.Html;

/// <summary>The run in a few sentences.</summary>
internal static class Summary
{
    public static string Of(RunReport report)
    {
        FrontNetwork[] front = [.. Sorted(report)];
        if (front.Length == 0)
        {
            return "The run found no network that meets every limit.";
        }

        string count = front.Length == 1 ? "1 network on the front" : FormattableString.Invariant($"{front.Length} networks on the front");
        FrontNetwork[] timed = [.. front.Where(network => network.LatencyMs is not null)];
        FrontNetwork[] rated = [.. front.Where(network => Best(network) is not null)];
        string text = (timed.Length, rated.Length) switch
        {
            (0, 0) => $"{count}.",
            (0, _) => $"{count}; the most accurate reaches {Accuracy(MostAccurate(rated))}. The run has no latencies.",
            (_, 0) => $"{count}; the fastest takes {Latency(timed[0])}. The run has no accuracies.",
            _ when timed.Length == 1 => $"{count}: it takes {Latency(timed[0])} at {Accuracy(timed[0])}.",
            _ => $"{count}; the fastest takes {Latency(timed[0])} at {Accuracy(timed[0])}, the most accurate {Latency(MostAccurate(rated))} at {Accuracy(MostAccurate(rated))}.",
        };
        FrontNetwork? chosen = front.FirstOrDefault(network => network.Genotype == report.Chosen);
        return chosen is null || front.Length == 1 ? text : $"{text} Chosen: {Latency(chosen)} at {Accuracy(chosen)}.";
    }

    /// <summary>Gives the front from fast to slow; without latencies from small to large.</summary>
    public static IEnumerable<FrontNetwork> Sorted(RunReport report) => report.Front
        .OrderBy(network => network.LatencyMs ?? double.PositiveInfinity)
        .ThenBy(network => network.Macs ?? double.PositiveInfinity)
        .ThenBy(network => network.Genotype, StringComparer.Ordinal);

    /// <summary>Gives the front's median error of predicted latency, unsigned; <see langword="null"/> if no network has both.</summary>
    public static double? MedianLatencyError(RunReport report)
    {
        double[] errors = [.. report.Front.Select(network => network.LatencyError).OfType<double>().Select(Math.Abs).Order()];
        return errors.Length == 0 ? null : (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2;
    }

    /// <summary>Says how far the chosen network stays from the limit; <see langword="null"/> if there is no limit or no chosen network.</summary>
    public static string? DistanceToLimit(RunReport report)
    {
        FrontNetwork? chosen = report.Front.FirstOrDefault(network => network.Genotype == report.Chosen);
        if (ParetoFrontChart.LatencyLimit(report) is not double limit || chosen?.LatencyMs is not double latency)
        {
            return null;
        }

        string side = latency <= limit ? "below" : "above";
        string surely = chosen.MeasuredLatency is not MeasuredLatency measured ? " It was predicted, not measured."
            : measured.HighMs <= limit ? " Its whole interval meets the limit."
            : measured.LowMs > limit ? " Its whole interval breaks the limit."
            : " Its interval reaches across the limit, so it may not always be met.";
        return $"The chosen network takes {Latency(chosen)}: {Figures.Percent(Math.Abs(1 - (latency / limit)))} {side} the limit of {Figures.Milliseconds(limit)}.{surely}";
    }

    private static FrontNetwork MostAccurate(FrontNetwork[] networks) => networks.MaxBy(network => Best(network))!;

    private static double? Best(FrontNetwork network) => network.TestAccuracy ?? network.Accuracy;

    private static string Latency(FrontNetwork network) => network.MeasuredLatency is not null ? Figures.Interval(network.MeasuredLatency)
        : network.PredictedLatencyMs is not null ? Figures.Milliseconds(network.PredictedLatencyMs) + " (predicted)"
        : "an unknown time";

    private static string Accuracy(FrontNetwork network) => network switch
    {
        { TestAccuracy: double test } => Figures.Percent(test) + " test accuracy",
        { ValidationAccuracy: double validation } => Figures.Percent(validation) + " validation accuracy",
        { PredictedAccuracy: double predicted } => Figures.Percent(predicted) + " predicted accuracy",
        _ => "unknown accuracy",
    };
}
