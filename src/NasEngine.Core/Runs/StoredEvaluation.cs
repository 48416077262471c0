using NasEngine.Core.Search;

namespace NasEngine.Core.Runs;

/// <summary>An evaluation as it is stored.</summary>
/// <param name="Stage">Which part of the run it belongs to, such as <c>sample</c>, <c>search</c> or <c>verify</c>. A genotype is stored once in each.</param>
/// <param name="Sequence">Its number within the stage, from 0, in the order of storing.</param>
/// <param name="Genotype">The architecture in the words of its space.</param>
/// <param name="Metrics">Its values.</param>
public sealed record StoredEvaluation(string Stage, long Sequence, string Genotype, MetricSet Metrics);
