using System.Collections.Immutable;

namespace NasEngine.Core.Spaces;

/// <summary>A dimension as a space file gives it.</summary>
/// <param name="Name">The dimension's name, one of its family's.</param>
/// <param name="Scope">What one gene stands for.</param>
/// <param name="Choices">Ascending values.</param>
public sealed record ElasticDimension(string Name, DimensionScope Scope, ImmutableArray<double> Choices);
