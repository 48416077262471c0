using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The gradient of the sum of a network's outputs by every pixel of every image.</summary>
internal static class ImageJacobian
{
    /// <summary>Computes the gradients with weights as PyTorch draws them and statistics of the batch.</summary>
    /// <returns><c>[images, pixels]</c>, in the order of the batch.</returns>
    public static Tensor Of(ProxyNetwork network, ProxyBatch batch, int images)
    {
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(ProxyInitialisation.Uniform);
        Tensor input = batch.Take(images).Images.detach().clone().requires_grad_();
        Tensor output = network.Forward(weights, Normalisation.OfBatch, input);
        return autograd.grad([output.sum()], [input])[0].contiguous().view(input.size(0), -1).MoveToOuterDisposeScope();
    }
}
