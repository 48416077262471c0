using NasEngine.Networks.Readers;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>ln |det K| for K the number of ReLUs on which two images agree: Mellor et al., Neural Architecture Search without Training, ICML 2021.</summary>
/// <remarks>One forward pass with statistics of the batch. A ReLU counts as on where its input is positive.</remarks>
internal sealed class NaswotProxy : IZeroCostProxy
{
    public string Name => "naswot";

    public string Description => "Logarithm of the determinant of the agreement of ReLU patterns (Mellor et al. 2021).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => 128;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using IDisposable noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(Initialisation);
        Agreement agreement = new();
        network.Forward(weights, Normalisation.OfBatch, batch.Take(Images).Images, agreement);
        return agreement.Kernel is Tensor kernel ? linalg.logabsdet(kernel).item<double>() : double.NaN;
    }

    /// <summary>Adds up, over all activations, on how many of them each pair of images agrees.</summary>
    internal sealed class Agreement : ITorchTap
    {
        private Tensor? _input;
        private Tensor? _agreement;

        /// <summary>Gets K, <c>[images, images]</c> in Float64; <see langword="null"/> before the first activation.</summary>
        public Tensor? Kernel { get; private set; }

        public void Operation(in TappedOperation operation)
        {
            if (operation.Kind != OperationKind.Activation)
            {
                return;
            }

            // Several edges of a cell read the same value through a ReLU of their own: the pattern is computed once.
            if (!ReferenceEquals(operation.Input, _input))
            {
                (_input, _agreement) = (operation.Input, Of(operation.Input));
            }

            Kernel = Kernel is null ? _agreement : Kernel.add(_agreement!);
        }

        private static Tensor Of(Tensor input)
        {
            using DisposeScope scope = NewDisposeScope();
            // With x the pattern as zeros and ones: x x' + (1 - x)(1 - x)' = 2 x x' - a - a' + n, where a counts the ones of an image.
            Tensor pattern = Correlation.RowsOf(input.gt(0).@float());
            Tensor both = pattern.mm(pattern.t()).@double(), counts = both.diagonal();
            return both.mul(2).sub(counts.unsqueeze(0)).sub(counts.unsqueeze(1)).add(pattern.size(1)).MoveToOuterDisposeScope();
        }
    }
}
