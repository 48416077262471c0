using System.Collections.Immutable;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Torch;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.Testing.Networks;

/// <summary>A supernet with weights in which every element matters, and ways to run its subnets.</summary>
internal sealed class SupernetSample : IDisposable
{
    public SupernetSample(SearchSpace space)
    {
        Space = space;
        Family = NetworkFamilies.Of(space);
        Arrays = RandomWeights.Draw(Family, space, 5);
        using DisposeScope scope = NewDisposeScope();
        Supernet = Supernet.FromTensors(space, Family.Weights(space).ToDictionary(weight => weight.Name, weight => AsTensor(Arrays[weight.Name].ToArray(), weight.Shape)));
    }

    public SearchSpace Space { get; }

    public INetworkFamily Family { get; }

    /// <summary>Gets all arrays, statistics too.</summary>
    public Dictionary<string, ReadOnlyMemory<float>> Arrays { get; }

    public Supernet Supernet { get; }

    /// <summary>Gives a batch for a plan; the same for the same plan.</summary>
    public static Tensor Images(Plan plan, int batch) => AsTensor(RandomWeights.Images(plan, batch, 7), [batch, .. plan.InputShape]);

    /// <summary>Weighs every output differently, so that no gradient cancels.</summary>
    public static Tensor Loss(Tensor scores) => (scores * linspace(-1, 2, scores.numel(), scores.dtype).view(scores.shape)).sum();

    public static float[] Values(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();

    public static Tensor Part(Tensor full, WeightSlice slice)
    {
        for (int axis = 0; axis < slice.Ranges.Length; axis++)
        {
            full = full.narrow(axis, slice.Ranges[axis].Start, slice.Ranges[axis].Length);
        }

        return full;
    }

    public Tensor Forward(IWeightTensors weights, Normalisation normalisation, Plan plan, Tensor images) =>
        Family.Read(new TorchReader(weights, normalisation), plan, images);

    /// <summary>Gives the normalisation that uses the drawn statistics.</summary>
    public Normalisation FixedNormalisation(Plan plan) => new FixedNormalisation(new SubnetStatistics(
        ShapeReader.Trace(Family, plan).Where(operation => operation.Kind == OperationKind.BatchNorm).Select(operation => operation.Weights).ToDictionary(
            weights => new BatchNormSlice(weights[0], weights[1], weights[2], weights[3]).Name,
            weights => (Statistic(weights[2]), Statistic(weights[3])))));

    /// <summary>Lists the trained slices of a subnet.</summary>
    public IReadOnlyList<WeightSlice> UsedSlices(Plan plan) =>
        [.. ShapeReader.Trace(Family, plan).SelectMany(operation => operation.Weights).Where(slice => slice.Weight.IsTrained).DistinctBy(slice => slice.Weight.Name)];

    /// <summary>Lists the trained arrays that a subnet does not touch.</summary>
    public IEnumerable<WeightSpec> UnusedWeights(Plan plan) => Supernet.Specs.ExceptBy(UsedSlices(plan).Select(slice => slice.Weight.Name), spec => spec.Name);

    public void ForgetGradients()
    {
        foreach (WeightSpec spec in Supernet.Specs)
        {
            Supernet[spec.Name].grad = null;
        }
    }

    public void Dispose() => Supernet.Dispose();

    private static Tensor AsTensor(float[] values, ImmutableArray<int> shape) => tensor(values, [.. shape.Select(size => (long)size)]);

    private Tensor Statistic(WeightSlice slice) => tensor(slice.CopyFrom(Arrays[slice.Weight.Name].Span), [slice.Count]);
}
