using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>A subnet with weights of its own: copies of the slices, for stand-alone training and for checking the slices.</summary>
public sealed class ExtractedSubnet : IWeightTensors, IDisposable
{
    private readonly IWeightTensors _source;
    private readonly Dictionary<string, Tensor> _weights = new(StringComparer.Ordinal);

    /// <summary>Initializes the subnet; slices are copied when they are first asked for.</summary>
    public ExtractedSubnet(IWeightTensors source) => _source = source;

    /// <summary>Gets the copied weights by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => _weights;

    /// <inheritdoc/>
    public Tensor Cut(WeightSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        if (!_weights.TryGetValue(slice.Weight.Name, out Tensor? own))
        {
            using DisposeScope scope = NewDisposeScope();
            own = _source.Cut(slice).detach().contiguous().clone().requires_grad_().DetachFromDisposeScope();
            _weights.Add(slice.Weight.Name, own);
        }

        return own;
    }

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        foreach (Tensor weight in _weights.Values)
        {
            weight.Dispose();
        }

        _weights.Clear();
    }
}
