namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The sum over layers of the norm of the weights: Abdelfattah et al., Zero-Cost Proxies for Lightweight NAS, ICLR 2021.</summary>
internal sealed class L2Proxy : IZeroCostProxy
{
    public string Name => "l2";

    public string Description => "Sum over layers of the norm of the drawn weights (Abdelfattah et al. 2021).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(Initialisation);
        return weights.LayerTensors.Sum(weight => Math.Sqrt(weight.detach().square().sum().item<float>()));
    }
}
