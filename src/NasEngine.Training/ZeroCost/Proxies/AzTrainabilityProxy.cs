namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The trainability of AZ-NAS; see <see cref="AzNasScores"/>.</summary>
internal sealed class AzTrainabilityProxy : IZeroCostProxy
{
    public string Name => "az_trainability";

    public string Description => "How near to 1 blocks keep the size of gradients (AZ-NAS, Lee and Ham 2024).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.KaimingFanIn;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        return AzNasScores.Of(network).Trainability;
    }
}
