using System.Collections.Immutable;

namespace NasEngine.Networks.Weights;

/// <summary>Neighbouring indices of one axis.</summary>
/// <param name="Start">The first.</param>
/// <param name="Length">How many; at least 1.</param>
public readonly record struct IndexRange(int Start, int Length);

/// <summary>The part of a stored array that one subnet uses.</summary>
public sealed class WeightSlice
{
    /// <summary>Initializes the slice.</summary>
    /// <exception cref="ArgumentException">There is not one range for every axis, or a range leaves its axis.</exception>
    public WeightSlice(WeightSpec weight, ImmutableArray<IndexRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (ranges.Length != weight.Shape.Length || ranges.Zip(weight.Shape).Any(pair => pair.First.Start < 0 || pair.First.Length < 1 || pair.First.Length > pair.Second - pair.First.Start))
        {
            throw new ArgumentException(
                $"{weight.Name} of shape [{string.Join(" × ", weight.Shape)}] has no part [{string.Join(" × ", ranges.Select(range => $"{range.Start}..{range.Start + range.Length}"))}].", nameof(ranges));
        }

        (Weight, Ranges) = (weight, ranges);
    }

    /// <summary>Gets the stored array.</summary>
    public WeightSpec Weight { get; }

    /// <summary>Gets the indices taken of each axis.</summary>
    public ImmutableArray<IndexRange> Ranges { get; }

    /// <summary>Gets the shape of the part.</summary>
    public ImmutableArray<int> Shape => [.. Ranges.Select(range => range.Length)];

    /// <summary>Gets the number of elements.</summary>
    public long Count => Ranges.Aggregate(1L, (product, range) => product * range.Length);

    /// <summary>Gets whether the slice is the whole array.</summary>
    public bool IsWhole => Count == Weight.Count;

    /// <summary>Copies the part out of the full array, row-major.</summary>
    /// <param name="full">The full array, row-major.</param>
    /// <exception cref="ArgumentException"><paramref name="full"/> has another length than the full shape.</exception>
    public float[] CopyFrom(ReadOnlySpan<float> full)
    {
        if (full.Length != Weight.Count)
        {
            throw new ArgumentException($"{Weight.Name} has {Weight.Count} elements, got {full.Length}.", nameof(full));
        }

        float[] part = new float[Count];
        int written = 0;
        CopyAxis(full, part, 0, 0, ref written);
        return part;
    }

    private void CopyAxis(ReadOnlySpan<float> full, Span<float> part, int axis, long offset, ref int written)
    {
        IndexRange range = Ranges[axis];
        if (axis == Ranges.Length - 1)
        {
            full.Slice((int)(offset + range.Start), range.Length).CopyTo(part[written..]);
            written += range.Length;
            return;
        }

        long stride = 1;
        for (int inner = axis + 1; inner < Weight.Shape.Length; inner++)
        {
            stride *= Weight.Shape[inner];
        }

        for (int index = range.Start; index < range.Start + range.Length; index++)
        {
            CopyAxis(full, part, axis + 1, offset + (index * stride), ref written);
        }
    }
}
