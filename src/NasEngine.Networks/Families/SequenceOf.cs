using System.Collections.Immutable;

namespace NasEngine.Networks.Families;

/// <summary>A list that prints its elements, so that a record that holds it prints, and so is fingerprinted, by content.</summary>
internal sealed record SequenceOf<T>(ImmutableArray<T> Items)
{
    public bool Equals(SequenceOf<T>? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(Items.Length, HashCode.Combine);

    public override string ToString() => string.Join(';', Items);
}
