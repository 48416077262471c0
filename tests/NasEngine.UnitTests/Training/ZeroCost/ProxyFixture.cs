using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Weights;
using NasEngine.Testing.Networks;
using NasEngine.Torch;
using NasEngine.Training.Supernets;
using NasEngine.Training.ZeroCost;
using static NasEngine.Torch.torch;

namespace NasEngine.UnitTests.Training.ZeroCost;

/// <summary>Small networks and batches for proxies, and their weights in double precision for finite differences.</summary>
internal static class ProxyFixture
{
    public static ProxyNetwork Cells(string edges = "conv3x3,skip,conv1x1", long seed = 3)
    {
        SearchSpace space = TestSpaces.TinyCells();
        return Create(space, space.Parse($"edge={edges}"), seed);
    }

    public static ProxyNetwork Create(SearchSpace space, Genotype genotype, long seed)
    {
        INetworkFamily family = NetworkFamilies.Of(space);
        return new ProxyNetwork(family, family.Plan(space, genotype), new SeedTree(seed));
    }

    public static ProxyBatch Batch(ProxyNetwork network, int images)
    {
        using Generator generator = new(11);
        Tensor labels = tensor([.. Enumerable.Range(0, images).Select(image => (long)(image % network.Plan.Outputs))]);
        return new ProxyBatch(randn([images, .. network.Plan.InputShape], generator: generator), labels);
    }

    public static double[] Values(Tensor tensor) => tensor.detach().@double().contiguous().data<double>().ToArray();

    /// <summary>Computes the derivative of a function of one element by central differences.</summary>
    public static double Derivative(Tensor weight, int element, Func<double> function)
    {
        const double Step = 1e-6;
        double value = weight.data<double>()[element];
        weight.data<double>()[element] = value + Step;
        double above = function();
        weight.data<double>()[element] = value - Step;
        double below = function();
        weight.data<double>()[element] = value;
        return (above - below) / (2 * Step);
    }
}

/// <summary>The weights of a proxy's draw in double precision. Owned by the current scope.</summary>
internal sealed class ProxyDoubles(ProxyWeights weights) : IWeightTensors
{
    private readonly Dictionary<string, Tensor> _byName = new(StringComparer.Ordinal);

    public Tensor Cut(WeightSlice slice)
    {
        if (!_byName.TryGetValue(slice.Weight.Name, out Tensor? wide))
        {
            wide = weights.Cut(slice).detach().@double().contiguous().requires_grad_();
            _byName.Add(slice.Weight.Name, wide);
        }

        return wide;
    }
}
