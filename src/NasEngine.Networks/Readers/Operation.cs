using System.Collections.Immutable;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Readers;

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>A convolution.</summary>
    Convolution,

    /// <summary>A batch normalisation.</summary>
    BatchNorm,

    /// <summary>A function of every element.</summary>
    Activation,

    /// <summary>A sum of two values.</summary>
    Add,

    /// <summary>An average over the image.</summary>
    GlobalAveragePool,

    /// <summary>A matrix product.</summary>
    Linear,

    /// <summary>The average of each window.</summary>
    AveragePool,

    /// <summary>The largest value of each window.</summary>
    MaxPool,

    /// <summary>Values joined along their channels.</summary>
    Concatenation,

    /// <summary>Zeros of the shape of a value.</summary>
    Zero,
}

/// <summary>One operation of a subnet with concrete sizes.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Inputs">What flows in; weights not counted.</param>
/// <param name="Output">What flows out.</param>
/// <param name="Weights">The weights it uses.</param>
/// <param name="Macs">Multiply-accumulates for one image; 0 where nothing is multiplied with a weight.</param>
/// <param name="Kernel">Kernel size of a convolution or of a window, otherwise 0.</param>
/// <param name="Stride">Stride of a convolution or of a window, otherwise 0.</param>
/// <param name="Groups">Groups of a convolution, otherwise 0.</param>
/// <param name="Function">The function of an activation.</param>
public sealed record Operation(
    OperationKind Kind,
    ImmutableArray<NetworkValue> Inputs,
    NetworkValue Output,
    ImmutableArray<WeightSlice> Weights,
    long Macs,
    int Kernel = 0,
    int Stride = 0,
    int Groups = 0,
    Activation? Function = null);
