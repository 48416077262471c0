using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>Σ over operations of the least eigenvalue of the correlations of the channels of one image: Jiang, Wang and Bie, MeCo, NeurIPS 2023.</summary>
/// <remarks>Random input, one forward pass, the first image only, as in the published code; every operation and every block counts, and what has a constant channel does not.</remarks>
internal sealed class MecoProxy : IZeroCostProxy
{
    private const int Batch = 16;

    public string Name => "meco";

    public string Description => "Least eigenvalue of the correlations of channels, summed over operations (Jiang et al. 2023).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => 0;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        using IDisposable noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(Initialisation);
        LeastEigenvalues sum = new();
        network.Forward(weights, Normalisation.OfBatch, network.Noise("meco", Batch), sum);
        return sum.Sum;
    }

    /// <summary>Adds up the least eigenvalues of what operations and blocks give for the first image.</summary>
    internal sealed class LeastEigenvalues : ITorchTap
    {
        /// <summary>Gets the sum so far.</summary>
        public double Sum { get; private set; }

        public void Operation(in TappedOperation operation) => Add(operation.Output);

        public void EndBlock(Tensor output) => Add(output);

        private void Add(Tensor output)
        {
            if (output.ndim != 4)
            {
                return;
            }

            using DisposeScope scope = NewDisposeScope();
            Tensor correlations = Correlation.OfRows(output.select(0, 0).contiguous().view(output.size(1), -1));
            double[] values = Correlation.Values(correlations);
            if (!Array.Exists(values, double.IsNaN))
            {
                Sum += Correlation.Values(linalg.eigvalsh(correlations))[0];
            }
        }
    }
}
