namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The number of trained weights: the baseline that a proxy must beat.</summary>
internal sealed class ParametersProxy : IZeroCostProxy
{
    public string Name => "params";

    public string Description => "Number of trained weights; a baseline.";

    public ProxyInitialisation Initialisation => ProxyInitialisation.None;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Costs.Parameters;
    }
}
