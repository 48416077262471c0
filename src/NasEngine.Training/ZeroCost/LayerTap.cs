using NasEngine.Networks.Readers;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.ZeroCost;

/// <summary>Keeps operations of given kinds, and the outputs of blocks.</summary>
internal sealed class LayerTap(params OperationKind[] kinds) : ITorchTap
{
    /// <summary>Gets the operations seen, in order.</summary>
    public List<TappedOperation> Operations { get; } = [];

    /// <summary>Gets the blocks' outputs, in order.</summary>
    public List<Tensor> Blocks { get; } = [];

    public void Operation(in TappedOperation operation)
    {
        if (Array.IndexOf(kinds, operation.Kind) >= 0)
        {
            Operations.Add(operation);
        }
    }

    public void EndBlock(Tensor output) => Blocks.Add(output);
}
