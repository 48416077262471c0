using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>Minus the condition number of the neural tangent kernel: Chen, Gong and Wang, TE-NAS, ICLR 2021.</summary>
/// <remarks>Rows are the gradients of the sum of the outputs of one image by kernels and matrices, with statistics of the batch.</remarks>
internal sealed class NtkProxy : IZeroCostProxy
{
    public string Name => "ntk";

    public string Description => "Minus the condition number of the neural tangent kernel of 8 images (source: 32) (Chen et al. 2021).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.KaimingFanIn;

    public int Images => 8;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(Initialisation);
        Tensor[] layers = [.. weights.LayerTensors];
        Tensor output = network.Forward(weights, Normalisation.OfBatch, batch.Take(Images).Images);
        List<Tensor> rows = [];
        for (int image = 0; image < output.size(0); image++)
        {
            using DisposeScope inner = NewDisposeScope();
            IList<Tensor> gradients = autograd.grad([output.select(0, image).sum()], layers, retain_graph: true);
            rows.Add(cat([.. gradients.Select(gradient => gradient.contiguous().view(-1))]).MoveToOuterDisposeScope());
        }

        Tensor jacobian = stack(rows).@double();
        return OfKernel(jacobian.mm(jacobian.t()));
    }

    /// <summary>Computes minus the greatest eigenvalue over the least; -100000 where that is no number.</summary>
    /// <param name="kernel"><c>[images, images]</c>, symmetric, Float64.</param>
    internal static double OfKernel(Tensor kernel)
    {
        double[] values = Correlation.Values(linalg.eigvalsh(kernel));
        double condition = values[^1] / values[0];
        return double.IsNaN(condition) ? -100_000 : -condition;
    }
}
