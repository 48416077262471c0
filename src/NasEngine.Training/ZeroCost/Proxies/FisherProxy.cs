namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>Σ over channels of ½ · mean over images of (Σ over pixels of a · ∂L/∂a)², counted once for each weight of the channel: Turner et al., BlockSwap, ICLR 2020; Abdelfattah et al. 2021.</summary>
/// <remarks>a is the output of the layer, before normalisation.</remarks>
internal sealed class FisherProxy : IZeroCostProxy
{
    public string Name => "fisher";

    public string Description => "Squared sensitivity of every channel, counted for each of its weights (Turner et al. 2020).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => LossGradients.Images;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        return LossGradients.Of(network, batch).Layers.Sum(layer => Sensitivity(layer));
    }

    private static double Sensitivity(LossGradients.Layer layer)
    {
        Tensor product = layer.Output.mul(layer.OutputGradient);
        Tensor byChannel = product.ndim > 2 ? product.sum([2, 3]) : product;
        double channels = byChannel.square().mean([0]).mul(0.5).sum().item<float>();
        return channels * layer.Slice.Count / layer.Slice.Shape[0];
    }
}
