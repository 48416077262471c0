namespace NasEngine.Reports.Content;

/// <summary>An architecture as the search saw it.</summary>
/// <param name="Genotype">The architecture in the words of its space.</param>
/// <param name="Accuracy">Accuracy, predicted or on validation data, from 0 to 1; <see langword="null"/> if unknown.</param>
/// <param name="LatencyMs">Predicted latency, in milliseconds; <see langword="null"/> if unknown.</param>
/// <param name="Macs">Multiply-accumulates; <see langword="null"/> if unknown.</param>
public sealed record EvaluatedNetwork(string Genotype, double? Accuracy, double? LatencyMs, double? Macs = null);
