using NasEngine.Networks.Weights;

namespace NasEngine.Onnx.Weights;

/// <summary>Cuts the slices of a subnet out of the supernet's full arrays.</summary>
/// <remarks>Thread-safe while the arrays are not written to.</remarks>
public sealed class ArrayWeightSource : IWeightSource
{
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<float>> _full;
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<float>> _statistics;

    /// <summary>Initializes the source.</summary>
    /// <param name="full">The supernet's arrays by name, each row-major at its full size.</param>
    /// <param name="statistics">
    /// Arrays that were measured for this subnet, by name, already cut to its channels: the mean and variance of every
    /// batch normalisation. They take the place of the full arrays of the same name. None unless given.
    /// </param>
    public ArrayWeightSource(IReadOnlyDictionary<string, ReadOnlyMemory<float>> full, IReadOnlyDictionary<string, ReadOnlyMemory<float>>? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(full);
        _full = full;
        _statistics = statistics ?? new Dictionary<string, ReadOnlyMemory<float>>();
    }

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">There is no array of that name.</exception>
    /// <exception cref="ArgumentException">The array's length does not fit.</exception>
    public ReadOnlyMemory<float> Read(WeightSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        string name = slice.Weight.Name;
        if (_statistics.TryGetValue(name, out ReadOnlyMemory<float> cut))
        {
            return cut.Length == slice.Count
                ? cut
                : throw new ArgumentException($"{name} was measured for {cut.Length} channels, but the subnet has {slice.Count}.", nameof(slice));
        }

        if (!_full.TryGetValue(name, out ReadOnlyMemory<float> whole))
        {
            throw new KeyNotFoundException($"There is no array {name} among {_full.Count} arrays.");
        }

        return slice.IsWhole && whole.Length == slice.Count ? whole : slice.CopyFrom(whole.Span);
    }
}
