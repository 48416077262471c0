namespace NasEngine.Reports.Content;

/// <summary>A network of the front, with what is known of it. Unknown values are <see langword="null"/>.</summary>
/// <param name="Genotype">The architecture in the words of its space.</param>
public sealed record FrontNetwork(string Genotype)
{
    /// <summary>Gets the accuracy on the validation part, from 0 to 1.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>Gets the accuracy on the test set, from 0 to 1.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Gets the accuracy that the predictor gives, from 0 to 1.</summary>
    public double? PredictedAccuracy { get; init; }

    /// <summary>Gets the predicted latency, in milliseconds.</summary>
    public double? PredictedLatencyMs { get; init; }

    /// <summary>Gets the measured latency.</summary>
    public MeasuredLatency? MeasuredLatency { get; init; }

    /// <summary>Gets the number of weights.</summary>
    public double? Parameters { get; init; }

    /// <summary>Gets the multiply-accumulates of one forward pass at batch 1.</summary>
    public double? Macs { get; init; }

    /// <summary>Gets the peak activation memory, in bytes.</summary>
    public double? MemoryBytes { get; init; }

    /// <summary>Gets the accuracy to rank and draw by: on validation data if known, else predicted.</summary>
    public double? Accuracy => ValidationAccuracy ?? PredictedAccuracy;

    /// <summary>Gets the latency to rank and draw by, in milliseconds: measured if known, else predicted.</summary>
    public double? LatencyMs => MeasuredLatency?.MedianMs ?? PredictedLatencyMs;

    /// <summary>Gets the error of the predicted latency relative to the measured one, signed: 0.1 is 10 % too slow; <see langword="null"/> if either is missing.</summary>
    public double? LatencyError =>
        PredictedLatencyMs is double predicted && MeasuredLatency is { MedianMs: > 0 } measured ? (predicted / measured.MedianMs) - 1 : null;
}
