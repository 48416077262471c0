namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The sum over layers of the norm of the gradient: Abdelfattah et al. 2021.</summary>
/// <remarks>The norm over all weights at once, which other programs use, orders networks differently.</remarks>
internal sealed class GradNormProxy : IZeroCostProxy
{
    public string Name => "grad_norm";

    public string Description => "Sum over layers of the norm of the gradient (Abdelfattah et al. 2021).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => LossGradients.Images;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        return LossGradients.Of(network, batch).Layers.Sum(layer => Math.Sqrt(layer.Gradient.square().sum().item<float>()));
    }
}
