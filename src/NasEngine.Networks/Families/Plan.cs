using System.Collections.Immutable;

namespace NasEngine.Networks.Families;

/// <summary>The concrete sizes of one subnet. Genes that do not matter have left no trace in it.</summary>
/// <param name="InputShape">The shape of an input without the batch axis, such as <c>[1, 28, 28]</c>.</param>
/// <param name="Outputs">The length of an output vector.</param>
public abstract record Plan(ImmutableArray<int> InputShape, int Outputs);
