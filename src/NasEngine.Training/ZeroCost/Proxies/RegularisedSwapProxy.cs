namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>swap · exp(-(P - μ)² / σ), P the thousands of weights: Peng et al., SWAP-NAS, ICLR 2024, §3.3.</summary>
/// <remarks>The source sets μ and σ by the size that is wanted; here one million weights, with a spread as wide.</remarks>
internal sealed class RegularisedSwapProxy : IZeroCostProxy
{
    private const double Wanted = 1000;
    private const double Spread = Wanted * Wanted;

    public string Name => "swap_reg";

    public string Description => "swap, weighed down by the distance of the size from a wanted one (Peng et al. 2024).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Gaussian;

    public int Images => 16;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        double distance = (network.Costs.Parameters / 1000.0) - Wanted;
        return SwapProxy.Mean(network, batch) * Math.Exp(-distance * distance / Spread);
    }
}
