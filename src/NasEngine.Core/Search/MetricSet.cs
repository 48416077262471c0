using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NasEngine.Core.Search;

/// <summary>The values of one evaluation by metric key, such as <c>accuracy</c> and <c>latency@local</c>. Immutable; compared by value.</summary>
/// <remarks>Kept sorted by key (ordinal), so equal sets print and store the same.</remarks>
public sealed class MetricSet : IReadOnlyCollection<KeyValuePair<string, double>>, IEquatable<MetricSet>
{
    private readonly ImmutableArray<KeyValuePair<string, double>> _values;

    /// <summary>Initializes the set; a key given twice keeps its last value.</summary>
    public MetricSet(IEnumerable<KeyValuePair<string, double>> values)
    {
        KeyValuePair<string, double>[] given = [.. values];
        _values = IsSorted(given) ? ImmutableCollectionsMarshal.AsImmutableArray(given) : Sort(given);
    }

    /// <summary>Initializes the set from pairs.</summary>
    public MetricSet(params (string Key, double Value)[] values)
        : this(values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
    {
    }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <summary>Gets a value; NaN if the set does not have the key.</summary>
    public double this[string key] => TryGet(key, out double value) ? value : double.NaN;

    /// <summary>Looks a value up.</summary>
    public bool TryGet(string key, out double value)
    {
        foreach (KeyValuePair<string, double> pair in _values)
        {
            if (string.Equals(pair.Key, key, StringComparison.Ordinal))
            {
                value = pair.Value;
                return true;
            }
        }

        value = double.NaN;
        return false;
    }

    /// <summary>Gives this set with another's values added; the other's win.</summary>
    public MetricSet With(MetricSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new MetricSet(_values.Concat(other._values));
    }

    /// <inheritdoc/>
    public bool Equals(MetricSet? other) => other is not null && _values.AsSpan().SequenceEqual(other._values.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(_values.Length, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives <c>accuracy 0.9, macs 12000</c>.</summary>
    public override string ToString() => string.Join(", ", _values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:g6}")));

    // As stores give them, which read very many.
    private static bool IsSorted(ReadOnlySpan<KeyValuePair<string, double>> values)
    {
        for (int index = 1; index < values.Length; index++)
        {
            if (string.CompareOrdinal(values[index - 1].Key, values[index].Key) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<KeyValuePair<string, double>> Sort(KeyValuePair<string, double>[] values)
    {
        SortedDictionary<string, double> sorted = new(StringComparer.Ordinal);
        foreach ((string key, double value) in values)
        {
            sorted[key] = value;
        }

        return [.. sorted];
    }
}
