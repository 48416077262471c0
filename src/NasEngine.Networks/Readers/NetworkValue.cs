using System.Collections.Immutable;

namespace NasEngine.Networks.Readers;

/// <summary>A value as the readers without tensors see it: a number for the edge and a shape without the batch axis.</summary>
/// <param name="Id">0 for the network's input, then counting up.</param>
/// <param name="Shape"><c>[channels, height, width]</c> or <c>[features]</c>.</param>
public sealed record NetworkValue(int Id, ImmutableArray<int> Shape)
{
    /// <summary>Gets the number of elements for one image.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
