namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>How little the gradients of images by their pixels correlate: Mellor et al., Neural Architecture Search without Training, first version, 2020.</summary>
/// <remarks>Statistics of the batch; the gradient is that of the sum of all outputs.</remarks>
internal sealed class JacovProxy : IZeroCostProxy
{
    private const double Small = 1e-5;

    public string Name => "jacov";

    public string Description => "Spectrum of the correlations of the Jacobians of images (Mellor et al. 2020).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => 64;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        return OfJacobian(ImageJacobian.Of(network, batch, Images));
    }

    /// <summary>Computes -Σ (ln(v + k) + 1 / (v + k)) over the eigenvalues v of the correlations of the rows, k = 1e-5.</summary>
    /// <param name="jacobian"><c>[images, pixels]</c>.</param>
    internal static double OfJacobian(Tensor jacobian)
    {
        double[] correlations = Correlation.Values(Correlation.OfRows(jacobian));
        if (Array.Exists(correlations, double.IsNaN))
        {
            return double.NaN; // no signal reaches the pixels
        }

        Tensor matrix = tensor(correlations, [jacobian.size(0), jacobian.size(0)]);
        return -Correlation.Values(linalg.eigvalsh(matrix)).Sum(value => Math.Log(Math.Max(value, 0) + Small) + (1 / (Math.Max(value, 0) + Small)));
    }
}
