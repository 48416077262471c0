namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The expressivity of AZ-NAS; see <see cref="AzNasScores"/>.</summary>
internal sealed class AzExpressivityProxy : IZeroCostProxy
{
    public string Name => "az_expressivity";

    public string Description => "Entropy of the spectra of block outputs (AZ-NAS, Lee and Ham 2024).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.KaimingFanIn;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        return AzNasScores.Of(network).Expressivity;
    }
}
