namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>Σ |w · ∂L/∂w|: Lee, Ajanthan and Torr, SNIP, ICLR 2019.</summary>
/// <remarks>The gradient by a mask of ones is that by the weight times the weight.</remarks>
internal sealed class SnipProxy : IZeroCostProxy
{
    public string Name => "snip";

    public string Description => "Sum of |weight times gradient| (Lee et al. 2019).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => LossGradients.Images;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        return LossGradients.Of(network, batch).Layers.Sum(layer => layer.Weight.detach().mul(layer.Gradient).abs().sum().item<float>());
    }
}
