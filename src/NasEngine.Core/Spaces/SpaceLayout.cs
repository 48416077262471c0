using System.Collections.Immutable;

namespace NasEngine.Core.Spaces;

/// <summary>What a family reads from its own keys of a space file: the fixed sizes around which the elastic ones move.</summary>
/// <param name="Genes">The genes of the space, in the order of its dimensions.</param>
public abstract record SpaceLayout(ImmutableArray<Gene> Genes);
