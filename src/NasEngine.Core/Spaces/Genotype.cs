using System.Collections.Immutable;

namespace NasEngine.Core.Spaces;

/// <summary>One architecture of a space: for every gene the index of its choice. Immutable; compared by value.</summary>
/// <remarks>Print and read it with <see cref="SearchSpace.Format"/> and <see cref="SearchSpace.Parse"/>: indices alone say nothing.</remarks>
public sealed class Genotype : IEquatable<Genotype>
{
    private readonly int _hash;

    /// <summary>Initializes the genotype from choice indices, one for every gene of its space.</summary>
    public Genotype(ImmutableArray<byte> choices)
    {
        Choices = choices;
        HashCode hash = default;
        hash.AddBytes(choices.AsSpan());
        _hash = hash.ToHashCode();
    }

    /// <summary>Gets the choice indices, in the order of the space's genes.</summary>
    public ImmutableArray<byte> Choices { get; }

    /// <inheritdoc/>
    public bool Equals(Genotype? other) => other is not null && Choices.AsSpan().SequenceEqual(other.Choices.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Genotype);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>Gives the choice indices joined by dots.</summary>
    public override string ToString() => string.Join('.', Choices);
}
