using System.Runtime.CompilerServices;
using NasEngine.Networks.Readers;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>The number of different patterns that single ReLUs show over a batch: Peng et al., SWAP-NAS, ICLR 2024.</summary>
/// <remarks>Weights are drawn anew in each repeat.</remarks>
internal sealed class SwapProxy : IZeroCostProxy
{
    private const int Repeats = 4;
    private const int BatchSize = 16;

    public string Name => "swap";

    public string Description => "Different patterns of ReLUs over 16 images, 4 repeats (source: 32) (Peng et al. 2024).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Gaussian;

    public int Images => BatchSize;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        return Mean(network, batch);
    }

    /// <summary>Gives the mean over repeats, computed once for a network.</summary>
    internal static double Mean(ProxyNetwork network, ProxyBatch batch) => network.Shared(nameof(SwapProxy), () => new StrongBox<double>(Compute(network, batch))).Value;

    private static double Compute(ProxyNetwork network, ProxyBatch batch)
    {
        using IDisposable noGradients = no_grad();
        double sum = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            using DisposeScope scope = NewDisposeScope();
            using ProxyWeights weights = network.Draw(ProxyInitialisation.Gaussian, repeat);
            Patterns patterns = new();
            network.Forward(weights, Normalisation.OfBatch, batch.Take(BatchSize).Images, patterns);
            sum += patterns.Count;
        }

        return sum / Repeats;
    }

    /// <summary>Collects the patterns: one bit for each image, set where the activation's output is positive.</summary>
    internal sealed class Patterns : ITorchTap
    {
        private readonly HashSet<int> _seen = [];

        /// <summary>Gets the number of different patterns so far.</summary>
        public int Count => _seen.Count;

        public void Operation(in TappedOperation operation)
        {
            if (operation.Kind != OperationKind.Activation)
            {
                return;
            }

            using DisposeScope scope = NewDisposeScope();
            int images = (int)operation.Output.size(0);
            Tensor bits = tensor([.. Enumerable.Range(0, images).Select(image => (float)(1 << image))], [1, images]);
            Tensor on = Correlation.RowsOf(operation.Output.gt(0).@float());
            foreach (float code in bits.mm(on).contiguous().data<float>())
            {
                _seen.Add((int)code);
            }
        }
    }
}
