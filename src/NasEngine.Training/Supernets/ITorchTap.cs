namespace NasEngine.Training.Supernets;

/// <summary>Sees what a network computes on tensors while it is read, without knowing which family it is of.</summary>
/// <remarks>Tensors are those of the network, part of its history: a tap must not change them. They live as long as the scope they were made in.</remarks>
public interface ITorchTap
{
    /// <summary>Sees an operation that was just done.</summary>
    void Operation(in TappedOperation operation);

    /// <summary>Sees the output of a block: of the stem, of a cell, of a bottleneck.</summary>
    void EndBlock(Tensor output)
    {
    }
}
