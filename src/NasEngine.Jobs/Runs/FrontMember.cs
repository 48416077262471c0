using NasEngine.Core.Search;

namespace NasEngine.Jobs.Runs;

/// <summary>A network of a run's front.</summary>
/// <param name="Number">Its number, from 1, the fastest or cheapest first.</param>
/// <param name="Genotype">The architecture in the words of its space.</param>
/// <param name="Accuracy">Accuracy on the validation part, from 0 to 1.</param>
/// <param name="TestAccuracy">Accuracy on the test part, if it was evaluated.</param>
/// <param name="Latencies">Latency on each device, by its name.</param>
/// <param name="Parameters">Weights used.</param>
/// <param name="Macs">Multiply-accumulates for one image.</param>
/// <param name="MemoryBytes">Peak activation memory for one image.</param>
/// <param name="Metrics">All stored values.</param>
public sealed record FrontMember(
    int Number, string Genotype, double Accuracy, double? TestAccuracy, IReadOnlyDictionary<string, FrontLatency> Latencies,
    long Parameters, long Macs, long MemoryBytes, MetricSet Metrics);

/// <summary>Latency on a device, in milliseconds.</summary>
/// <param name="Predicted">What the predictor said before the network was measured.</param>
/// <param name="Measured">The median measured, at the median speed that the device had while it was profiled.</param>
/// <param name="Low">The lower end of the median's 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record FrontLatency(double Predicted, double Measured, double Low, double High)
{
    /// <summary>Gets how far the prediction is off, as a share of the measured value.</summary>
    public double RelativeError => Measured > 0 ? Math.Abs(Predicted - Measured) / Measured : 0;
}
