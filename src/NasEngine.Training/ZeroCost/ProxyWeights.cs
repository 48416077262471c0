using NasEngine.Core.Randomness;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost;

/// <summary>The freshly drawn weights of one network, each of the size that the network uses. Owns its tensors.</summary>
public sealed class ProxyWeights : IWeightTensors, IDisposable
{
    private readonly Dictionary<string, Tensor> _byName = new(StringComparer.Ordinal);
    private readonly List<WeightSlice> _layers = [];

    /// <summary>Draws the weights of a network.</summary>
    /// <param name="operations">The network's operations.</param>
    /// <param name="initialisation">How to draw; not <see cref="ProxyInitialisation.None"/>.</param>
    /// <param name="seeds">Every array is drawn from its own child, by name.</param>
    internal ProxyWeights(IEnumerable<Operation> operations, ProxyInitialisation initialisation, SeedTree seeds)
    {
        using IDisposable noGradients = no_grad();
        foreach (Operation operation in operations)
        {
            foreach (WeightSlice slice in operation.Weights.Where(slice => slice.Weight.IsTrained && !_byName.ContainsKey(slice.Weight.Name)))
            {
                using DisposeScope scope = NewDisposeScope();
                // A bias has no fan-in of its own: it takes that of the kernel or matrix beside it.
                double fanIn = operation.Weights[0].Shape.Skip(1).Aggregate(1.0, (product, size) => product * size);
                using Generator generator = new(seeds.Child(slice.Weight.Name).Seed);
                Tensor drawn = Draw(slice, initialisation, fanIn, generator).requires_grad_();
                _byName.Add(slice.Weight.Name, drawn.DetachFromDisposeScope());
                if (slice.Weight.Role is WeightRole.ConvolutionKernel or WeightRole.LinearMatrix)
                {
                    _layers.Add(slice);
                }
            }
        }
    }

    private ProxyWeights()
    {
    }

    /// <summary>Gets the kernels and matrices, in the order of their use.</summary>
    public IReadOnlyList<WeightSlice> Layers => _layers;

    /// <summary>Gets the tensors of <see cref="Layers"/>.</summary>
    public IReadOnlyList<Tensor> LayerTensors => [.. _layers.Select(Cut)];

    /// <inheritdoc/>
    public Tensor Cut(WeightSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return _byName[slice.Weight.Name];
    }

    /// <summary>Gives the absolute values of all weights in double precision.</summary>
    public ProxyWeights ToAbsoluteDoubles()
    {
        ProxyWeights absolute = new();
        absolute._layers.AddRange(_layers);
        foreach ((string name, Tensor weight) in _byName)
        {
            using DisposeScope scope = NewDisposeScope();
            absolute._byName.Add(name, weight.detach().@double().abs().requires_grad_().DetachFromDisposeScope());
        }

        return absolute;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor weight in _byName.Values)
        {
            weight.Dispose();
        }

        _byName.Clear();
    }

    private static Tensor Draw(WeightSlice slice, ProxyInitialisation initialisation, double fanIn, Generator generator)
    {
        long[] shape = [.. slice.Shape.Select(size => (long)size)];
        bool isLayer = slice.Weight.Role is WeightRole.ConvolutionKernel or WeightRole.LinearMatrix;
        double bound = 1 / Math.Sqrt(fanIn);
        return (slice.Weight.Role, initialisation) switch
        {
            (WeightRole.NormGain, _) => ones(shape),
            (WeightRole.NormBias, _) => zeros(shape),
            (_, ProxyInitialisation.Uniform) => rand(shape, generator: generator).mul(2 * bound).sub(bound),
            _ when !isLayer => zeros(shape),
            (_, ProxyInitialisation.KaimingFanIn) => randn(shape, generator: generator).mul(Math.Sqrt(2 / fanIn)),
            (_, ProxyInitialisation.Gaussian) => randn(shape, generator: generator),
            _ => throw new ArgumentOutOfRangeException(nameof(initialisation), initialisation, "Weights cannot be drawn this way."),
        };
    }
}
