using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>ln Σ |w · ∂R/∂w| for R the sum of the outputs of the network of absolute weights on an image of ones: Tanaka et al., SynFlow, NeurIPS 2020.</summary>
/// <remarks>Batch normalisations are left out. The sum grows with every layer by powers of ten, so its logarithm is given; the order is the same.</remarks>
internal sealed class SynflowProxy : IZeroCostProxy
{
    public string Name => "synflow";

    public string Description => "Logarithm of the synaptic flow, without normalisation, in double precision (Tanaka et al. 2020).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights drawn = network.Draw(Initialisation);
        using ProxyWeights weights = drawn.ToAbsoluteDoubles();
        Tensor image = ones([1, .. network.Plan.InputShape], ScalarType.Float64);
        Tensor flow = network.Forward(weights, Normalisation.Identity, image, new LayerTap()).sum();
        Tensor[] layers = [.. weights.LayerTensors];
        IList<Tensor> gradients = autograd.grad([flow], layers);
        return Math.Log(layers.Zip(gradients, (weight, gradient) => weight.detach().mul(gradient).abs().sum().item<double>()).Sum());
    }
}
