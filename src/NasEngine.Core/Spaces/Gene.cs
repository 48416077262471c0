using System.Collections.Immutable;

namespace NasEngine.Core.Spaces;

/// <summary>One decision of a space.</summary>
/// <param name="Dimension">The elastic dimension it belongs to, such as <c>kernel</c>.</param>
/// <param name="Index">Its place within the dimension, from 0.</param>
/// <param name="Choices">The values to choose from, ascending; at most 255.</param>
/// <param name="ActiveWhen">The condition under which the decision matters, or <see langword="null"/> if it always does.</param>
public sealed record Gene(string Dimension, int Index, ImmutableArray<double> Choices, GeneCondition? ActiveWhen = null);

/// <summary>A gene matters only while another gene's value is large enough, as a block does while its stage is deep enough.</summary>
/// <param name="Gene">The place of the other gene among the space's genes; that gene must always be active.</param>
/// <param name="Minimum">The least value of the other gene.</param>
public sealed record GeneCondition(int Gene, double Minimum);
