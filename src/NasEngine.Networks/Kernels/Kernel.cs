using System.Collections.Immutable;
using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Kernels;

/// <summary>A piece of work that a runtime does in one go: an operation with what is fused into it.</summary>
/// <param name="Kind">What it is, such as <c>depthwise5</c> or <c>pointwise</c>; kernels of one kind cost alike for alike sizes.</param>
/// <param name="Inputs">What it reads, weights not counted.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Macs">Multiply-accumulates for one image.</param>
/// <param name="WeightCount">Weights read, after folding normalisation into the convolution before it.</param>
/// <param name="Stride">Stride of a convolution, otherwise 1.</param>
public sealed record Kernel(string Kind, ImmutableArray<NetworkValue> Inputs, NetworkValue Output, long Macs, long WeightCount, int Stride)
{
    /// <summary>Gets the operations that it consists of, in the order they run: the first, then what is fused into it.</summary>
    public ImmutableArray<Operation> Operations { get; init; } = [];

    /// <summary>Gets the bytes that move at FP32 and batch 1: inputs, output and weights, each once.</summary>
    public long BytesMoved => 4 * (Inputs.Sum(input => input.Count) + Output.Count + WeightCount);
}
