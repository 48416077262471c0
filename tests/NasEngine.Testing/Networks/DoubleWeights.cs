using NasEngine.Networks.Weights;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.Testing.Networks;

/// <summary>A supernet's weights in double precision, for finite differences. Owned by the current scope.</summary>
internal sealed class DoubleWeights(Supernet supernet) : IWeightTensors
{
    private readonly Dictionary<string, Tensor> _weights =
        supernet.Specs.ToDictionary(spec => spec.Name, spec => supernet[spec.Name].detach().@double().requires_grad_());

    public Tensor this[string name] => _weights[name];

    public Tensor Cut(WeightSlice slice) => SupernetSample.Part(_weights[slice.Weight.Name], slice);
}
