namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The number of multiply-accumulates for one image: the baseline that a proxy must beat.</summary>
internal sealed class MacsProxy : IZeroCostProxy
{
    public string Name => "macs";

    public string Description => "Multiply-accumulates for one image; a baseline, and the complexity of AZ-NAS.";

    public ProxyInitialisation Initialisation => ProxyInitialisation.None;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Costs.Macs;
    }
}
