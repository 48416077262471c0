using System.Collections.Immutable;
using System.Globalization;

namespace NasEngine.Predictors.KernelTables;

/// <summary>What tells one kernel from another: its kind and its sizes. Equal by value.</summary>
/// <param name="Kind">Such as <c>depthwise5</c>; without a space.</param>
/// <param name="Sizes">Channels, heights, widths and strides, in an order that the kind fixes; each above 0.</param>
public sealed record KernelKey(string Kind, ImmutableArray<int> Sizes)
{
    /// <inheritdoc/>
    public bool Equals(KernelKey? other) => other is not null && Kind == other.Kind && Sizes.AsSpan().SequenceEqual(other.Sizes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Kind, StringComparer.Ordinal);
        foreach (int size in Sizes)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <summary>Gives the key in one line, such as <c>depthwise5 16×28×28</c>.</summary>
    public override string ToString() => $"{Kind} {string.Join('×', Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}";
}
