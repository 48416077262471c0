namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The progressivity of AZ-NAS; see <see cref="AzNasScores"/>.</summary>
internal sealed class AzProgressivityProxy : IZeroCostProxy
{
    public string Name => "az_progressivity";

    public string Description => "Least growth of that entropy from block to block (AZ-NAS, Lee and Ham 2024).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.KaimingFanIn;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        return AzNasScores.Of(network).Progressivity;
    }
}
