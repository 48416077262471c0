using NasEngine.Core.Randomness;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Networks.Readers;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost;

/// <summary>A network as proxies see it: its plan, and ways to run it with freshly drawn weights.</summary>
/// <remarks>What several proxies need is computed once, for the batch that is given first. Not thread-safe.</remarks>
public sealed class ProxyNetwork : IDisposable
{
    private readonly SeedTree _seeds;
    private readonly Dictionary<string, object> _shared = new(StringComparer.Ordinal);

    /// <summary>Initializes the network.</summary>
    /// <param name="family">The family of the plan.</param>
    /// <param name="plan">The network.</param>
    /// <param name="seeds">The seeds of weights and noise.</param>
    public ProxyNetwork(INetworkFamily family, Plan plan, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(seeds);
        (Family, Plan, _seeds) = (family, plan, seeds);
        Operations = ShapeReader.Trace(family, plan);
    }

    /// <summary>Gets the family.</summary>
    public INetworkFamily Family { get; }

    /// <summary>Gets the sizes.</summary>
    public Plan Plan { get; }

    /// <summary>Gets the operations in order.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Gets what the network costs.</summary>
    public NetworkCosts Costs => CostReader.Read(Family, Plan);

    /// <summary>Draws weights.</summary>
    /// <param name="initialisation">How.</param>
    /// <param name="repeat">Which of several independent draws.</param>
    public ProxyWeights Draw(ProxyInitialisation initialisation, int repeat = 0) => new(Operations, initialisation, _seeds.Child("weights").Child(repeat));

    /// <summary>Draws normally distributed values, a batch of inputs for instance; owned by the current scope.</summary>
    /// <param name="name">What for: another name, other values.</param>
    /// <param name="count">The number of inputs.</param>
    public Tensor Noise(string name, int count)
    {
        using Generator generator = new(_seeds.Child("noise").Child(name).Seed);
        return randn([count, .. Plan.InputShape], generator: generator).contiguous(memory_format.channels_last);
    }

    /// <summary>Draws a tensor of -1 and 1 with even chances; owned by the current scope.</summary>
    /// <param name="name">What for: another name, other values.</param>
    /// <param name="shape">The shape.</param>
    public Tensor Signs(string name, ReadOnlySpan<long> shape)
    {
        using Generator generator = new(_seeds.Child("signs").Child(name).Seed);
        return rand(shape, generator: generator).lt(0.5f).@float().mul(2).sub(1);
    }

    /// <summary>Runs the network.</summary>
    internal Tensor Forward(IWeightTensors weights, Normalisation normalisation, Tensor images, ITorchTap? tap = null) =>
        Family.Read(new TorchReader(weights, normalisation, tap), Plan, images);

    /// <summary>Gives what several proxies need, computed once and freed with the network.</summary>
    internal T Shared<T>(string name, Func<T> compute)
        where T : class
    {
        if (!_shared.TryGetValue(name, out object? found))
        {
            found = compute();
            _shared.Add(name, found);
        }

        return (T)found;
    }

    /// <summary>Frees what was kept.</summary>
    public void Dispose()
    {
        foreach (IDisposable kept in _shared.Values.OfType<IDisposable>())
        {
            kept.Dispose();
        }

        _shared.Clear();
    }
}
