using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Readers;

/// <summary>The operations that network families are written in. What a value is depends on the reader: a tensor, an edge of a graph, a shape.</summary>
/// <remarks>Images are <c>[batch, channels, height, width]</c>, vectors <c>[batch, features]</c>. Readers hold the state of one reading and are not thread-safe.</remarks>
/// <typeparam name="T">A value flowing through the network.</typeparam>
public interface INetworkReader<T>
{
    /// <summary>Convolves an image; square kernels, no dilation.</summary>
    /// <param name="x"><c>[batch, in, height, width]</c>.</param>
    /// <param name="weight"><c>[out, in / groups, kernel, kernel]</c>.</param>
    /// <param name="bias"><c>[out]</c>, or <see langword="null"/>.</param>
    /// <param name="shape">Stride, padding and groups.</param>
    /// <returns><c>[batch, out, height', width']</c>.</returns>
    T Conv2d(T x, WeightSlice weight, WeightSlice? bias, ConvolutionShape shape);

    /// <summary>Normalises every channel with the statistics that hold for this subnet.</summary>
    T BatchNorm(T x, BatchNormSlice norm, double epsilon);

    /// <summary>Applies a function to every element.</summary>
    /// <param name="x">Any value.</param>
    /// <param name="activation">The function.</param>
    /// <param name="keepsInput">Whether <paramref name="x"/> is read again afterwards; if not, a reader may overwrite it.</param>
    T Activate(T x, Activation activation, bool keepsInput = false);

    /// <summary>Adds two values of the same shape.</summary>
    T Add(T a, T b);

    /// <summary>Joins images of one height and width, one behind the other, along their channels.</summary>
    /// <param name="values">At least two of <c>[batch, channels, height, width]</c>.</param>
    T Concatenate(IReadOnlyList<T> values);

    /// <summary>Gives zeros of the shape of a value.</summary>
    T Zero(T x);

    /// <summary>Takes the average or the largest value of each square window; padding counts in neither.</summary>
    /// <param name="x"><c>[batch, channels, height, width]</c>.</param>
    /// <param name="shape">What is taken, and how the window moves.</param>
    /// <returns><c>[batch, channels, height', width']</c>.</returns>
    T Pool(T x, PoolShape shape);

    /// <summary>Averages over height and width: <c>[batch, channels, height, width]</c> to <c>[batch, channels]</c>.</summary>
    T GlobalAveragePool(T x);

    /// <summary>Multiplies by a matrix: <c>[batch, in]</c> to <c>[batch, out]</c>.</summary>
    /// <param name="x"><c>[batch, in]</c>.</param>
    /// <param name="weight"><c>[out, in]</c>.</param>
    /// <param name="bias"><c>[out]</c>, or <see langword="null"/>.</param>
    T Linear(T x, WeightSlice weight, WeightSlice? bias);

    /// <summary>Marks a value as the output of a block: what the stem, each block or cell, and nothing else in a network gives on.</summary>
    /// <returns><paramref name="x"/>.</returns>
    T EndBlock(T x) => x;
}
