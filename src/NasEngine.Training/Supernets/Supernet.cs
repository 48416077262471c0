using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>The shared weights of all subnets of a space, at their largest sizes.</summary>
/// <remarks>Not thread-safe while it is trained. Statistics of batch normalisations are no part of it: every subnet has its own.</remarks>
public sealed class Supernet : IWeightTensors, IDisposable
{
    private readonly Dictionary<string, Tensor> _weights = new(StringComparer.Ordinal);

    private Supernet(SearchSpace space, Device device)
    {
        (Space, Family, Device) = (space, NetworkFamilies.Of(space), device);
        Specs = [.. Family.Weights(space).Where(weight => weight.IsTrained)];
    }

    /// <summary>Gets the space.</summary>
    public SearchSpace Space { get; }

    /// <summary>Gets the space's family.</summary>
    public INetworkFamily Family { get; }

    /// <summary>Gets where the weights lie.</summary>
    public Device Device { get; }

    /// <summary>Gets the arrays, in the order that the largest subnet uses them.</summary>
    public IReadOnlyList<WeightSpec> Specs { get; }

    /// <summary>Gets the full tensor of an array.</summary>
    /// <exception cref="KeyNotFoundException">The supernet has no such array.</exception>
    public Tensor this[string name] => _weights[name];

    /// <summary>Creates a supernet with freshly drawn weights.</summary>
    /// <param name="space">The space.</param>
    /// <param name="seeds">Every array is drawn from its own child, by name.</param>
    /// <param name="device">Where the weights go; the processor unless given.</param>
    /// <remarks>Kernels: normal with variance 2 / fan-out (He et al. 2015; MobileNetV2's choice). Matrices: uniform within 1 / √fan-in. Gains 1, biases 0.</remarks>
    public static Supernet Create(SearchSpace space, SeedTree seeds, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(seeds);
        Supernet supernet = new(space, device ?? CPU);
        foreach (WeightSpec spec in supernet.Specs)
        {
            float[] values = WeightInitialisation.Draw(spec, seeds.Child(spec.Name).CreateRandom());
            supernet.Add(spec, tensor(values, [.. spec.Shape.Select(size => (long)size)]));
        }

        return supernet;
    }

    /// <summary>Creates a supernet from tensors by name.</summary>
    /// <exception cref="ArgumentException">An array is missing or of another shape.</exception>
    public static Supernet FromTensors(SearchSpace space, IReadOnlyDictionary<string, Tensor> tensors, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(tensors);
        Supernet supernet = new(space, device ?? CPU);
        foreach (WeightSpec spec in supernet.Specs)
        {
            if (!tensors.TryGetValue(spec.Name, out Tensor? found) || !found.shape.SequenceEqual(spec.Shape.Select(size => (long)size)))
            {
                supernet.Dispose();
                throw new ArgumentException($"'{spec.Name}' of shape [{string.Join(" × ", spec.Shape)}] is {(found is null ? "missing" : $"there as [{string.Join(" × ", found.shape)}]")}.", nameof(tensors));
            }

            supernet.Add(spec, found.to(ScalarType.Float32).clone());
        }

        return supernet;
    }

    /// <inheritdoc/>
    public Tensor Cut(WeightSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        Tensor cut = _weights[slice.Weight.Name];
        for (int axis = 0; axis < slice.Ranges.Length; axis++)
        {
            IndexRange range = slice.Ranges[axis];
            if (range.Length != slice.Weight.Shape[axis])
            {
                cut = cut.narrow(axis, range.Start, range.Length);
            }
        }

        return cut;
    }

    /// <summary>Copies an array out, row-major.</summary>
    public ReadOnlyMemory<float> ToArray(WeightSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using DisposeScope scope = NewDisposeScope();
        return _weights[spec.Name].detach().cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (Tensor weight in _weights.Values)
        {
            weight.Dispose();
        }

        _weights.Clear();
    }

    private void Add(WeightSpec spec, Tensor values)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor placed = values.to(Device).detach();
        placed.requires_grad_();
        _weights.Add(spec.Name, placed.DetachFromDisposeScope());
    }
}
