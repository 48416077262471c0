using NasEngine.Core.Spaces;

namespace NasEngine.Core.Search;

/// <summary>What is known of one architecture.</summary>
/// <param name="Genotype">The architecture, canonical.</param>
/// <param name="Metrics">Its values.</param>
public sealed record Evaluation(Genotype Genotype, MetricSet Metrics);
