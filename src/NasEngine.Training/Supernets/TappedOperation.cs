using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>An operation as a tap sees it.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Input">What went in; the first value where there are several.</param>
/// <param name="Output">What came out.</param>
/// <param name="Slice">The kernel or matrix of a convolution or product, the gain of a normalisation; otherwise <see langword="null"/>.</param>
/// <param name="Shape">How a convolution moves.</param>
public readonly record struct TappedOperation(OperationKind Kind, Tensor Input, Tensor Output, WeightSlice? Slice = null, ConvolutionShape Shape = default);
