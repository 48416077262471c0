using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>-Σ w · (H g), with the Hessian H and the gradient g of the loss: Wang, Zhang and Grosse, GraSP, ICLR 2020; Abdelfattah et al. 2021.</summary>
/// <remarks>The minus sign is that of the published code. One batch, temperature 1.</remarks>
internal sealed class GraspProxy : IZeroCostProxy
{
    public string Name => "grasp";

    public string Description => "Minus the sum of weight times Hessian times gradient (Wang et al. 2020).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => LossGradients.Images;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(Initialisation);
        (Tensor images, Tensor labels) = batch.Take(Images);
        // With a tap nothing is overwritten, which gradients of gradients need.
        Tensor loss = functional.cross_entropy(network.Forward(weights, Normalisation.OfBatch, images, new LayerTap()), labels);
        Tensor[] layers = [.. weights.LayerTensors];
        IList<Tensor> gradients = autograd.grad([loss], layers, create_graph: true);
        Tensor product = gradients.Select(gradient => gradient.detach().mul(gradient).sum()).Aggregate((sum, next) => sum.add(next));
        IList<Tensor> curvature = autograd.grad([product], layers);
        return -layers.Zip(curvature, (weight, times) => (double)weight.detach().mul(times).sum().item<float>()).Sum();
    }
}
