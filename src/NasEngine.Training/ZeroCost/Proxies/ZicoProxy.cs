using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>Σ over layers of ln Σ over weights of mean |g| / σ(g) over batches: Li et al., ZiCo, ICLR 2023.</summary>
internal sealed class ZicoProxy : IZeroCostProxy
{
    private const int Batches = 2;
    private const int BatchSize = 64;

    public string Name => "zico";

    public string Description => "Mean against deviation of gradients over two batches of 64 (Li et al. 2023).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => Batches * BatchSize;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count < 2)
        {
            return double.NaN;
        }

        using DisposeScope scope = NewDisposeScope();
        using ProxyWeights weights = network.Draw(Initialisation);
        Tensor[] layers = [.. weights.LayerTensors];
        int each = Math.Min(BatchSize, batch.Count / Batches);
        List<IList<Tensor>> gradients = [];
        for (int index = 0; index < Batches; index++)
        {
            (Tensor images, Tensor labels) = batch.Take(each, index * each);
            Tensor loss = functional.cross_entropy(network.Forward(weights, Normalisation.OfBatch, images), labels);
            gradients.Add(autograd.grad([loss], layers));
        }

        return Enumerable.Range(0, layers.Length).Sum(layer => OfLayer([.. gradients.Select(gradient => gradient[layer])]));
    }

    /// <summary>Computes ln Σ mean |g| / σ(g) over the weights whose gradients differ; 0 if there are none.</summary>
    /// <param name="gradients">The gradient of each batch, of one shape.</param>
    internal static double OfLayer(IReadOnlyList<Tensor> gradients)
    {
        Tensor all = stack([.. gradients.Select(gradient => gradient.@double())]);
        Tensor deviation = all.std([0], unbiased: false);
        Tensor ratio = all.abs().mean([0]).div(deviation).masked_fill(deviation.eq(0), 0);
        double sum = ratio.sum().item<double>();
        return sum == 0 ? 0 : Math.Log(sum);
    }
}
