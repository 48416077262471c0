using NasEngine.Core.Spaces;

namespace NasEngine.Search;

/// <summary>An evaluated architecture as algorithms compare them.</summary>
/// <param name="Genotype">The architecture.</param>
/// <param name="Costs">Its objective costs; smaller is better.</param>
/// <param name="Violation">How far it lies beyond the limits; 0 if within.</param>
internal sealed record Assessed(Genotype Genotype, double[] Costs, double Violation);
