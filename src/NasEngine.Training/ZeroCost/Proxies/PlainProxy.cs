namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>Σ w · ∂L/∂w, with its sign: Mozer and Smolensky, Skeletonization, NIPS 1989; Abdelfattah et al. 2021.</summary>
internal sealed class PlainProxy : IZeroCostProxy
{
    public string Name => "plain";

    public string Description => "Sum of weight times gradient (Mozer and Smolensky 1989).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => LossGradients.Images;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        return LossGradients.Of(network, batch).Layers.Sum(layer => layer.Weight.detach().mul(layer.Gradient).sum().item<float>());
    }
}
