using NasEngine.Core.Spaces;

namespace NasEngine.Search.Additive;

/// <summary>An architecture that is best within its costs.</summary>
/// <param name="Genotype">The architecture, canonical.</param>
/// <param name="Score">The sum of its scores.</param>
/// <param name="Costs">The sum of each cost, in the order of the limits.</param>
public sealed record AdditiveChoice(Genotype Genotype, double Score, IReadOnlyList<double> Costs);
