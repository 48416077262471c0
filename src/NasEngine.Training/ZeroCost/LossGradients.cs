using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost;

/// <summary>The gradients of the cross-entropy over a batch, by the weights and by the outputs of every layer.</summary>
/// <remarks>Weights as PyTorch draws them, statistics of the batch: the state in which grad_norm, snip, plain, fisher and others were published.</remarks>
internal sealed class LossGradients : IDisposable
{
    /// <summary>How many images the published forms look at.</summary>
    public const int Images = 64;

    private readonly ProxyWeights _weights;

    private LossGradients(ProxyWeights weights, IReadOnlyList<Layer> layers) => (_weights, Layers) = (weights, layers);

    /// <summary>Gets the convolutions and products, in order.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Gives the gradients of a network; computed once for each.</summary>
    public static LossGradients Of(ProxyNetwork network, ProxyBatch batch) => network.Shared(nameof(LossGradients), () => Compute(network, batch));

    public void Dispose()
    {
        _weights.Dispose();
        foreach (Layer layer in Layers)
        {
            layer.Gradient.Dispose();
            layer.Input.Dispose();
            layer.Output.Dispose();
            layer.OutputGradient.Dispose();
        }
    }

    private static LossGradients Compute(ProxyNetwork network, ProxyBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        ProxyWeights weights = network.Draw(ProxyInitialisation.Uniform);
        (Tensor images, Tensor labels) = batch.Take(Images);
        LayerTap tap = new(OperationKind.Convolution, OperationKind.Linear);
        Tensor loss = functional.cross_entropy(network.Forward(weights, Normalisation.OfBatch, images, tap), labels);
        Tensor[] by = [.. tap.Operations.Select(layer => weights.Cut(layer.Slice!)), .. tap.Operations.Select(layer => layer.Output)];
        IList<Tensor> found = autograd.grad([loss], by);
        return new LossGradients(weights, [.. tap.Operations.Select((layer, index) => new Layer(
            layer, weights.Cut(layer.Slice!), found[index].DetachFromDisposeScope(), layer.Input.detach().DetachFromDisposeScope(),
            layer.Output.detach().DetachFromDisposeScope(), found[tap.Operations.Count + index].DetachFromDisposeScope()))]);
    }

    /// <summary>A convolution or product.</summary>
    /// <param name="Operation">What it is; its tensors are gone.</param>
    /// <param name="Weight">Kernel or matrix.</param>
    /// <param name="Gradient">By the weight.</param>
    /// <param name="Input">What went in.</param>
    /// <param name="Output">What came out, before any normalisation.</param>
    /// <param name="OutputGradient">By the output.</param>
    internal sealed record Layer(TappedOperation Operation, Tensor Weight, Tensor Gradient, Tensor Input, Tensor Output, Tensor OutputGradient)
    {
        /// <summary>Gets the kernel's or matrix's slice.</summary>
        public WeightSlice Slice => Operation.Slice!;
    }
}
