using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>Twice ReLU, depthwise convolution, pointwise convolution, normalisation: Zoph et al., NASNet, CVPR 2018; DARTS, §3.1.</summary>
internal sealed class SeparableConvolution(string name, int channels, int kernel) : IConvolutionBlock
{
    private readonly (WeightSpec Depthwise, ConvolutionWithNorm Pointwise)[] _halves = [.. Enumerable.Range(1, 2).Select(half => (
        new WeightSpec($"{name}.depthwise{half}.weight", [channels, 1, kernel, kernel], WeightRole.ConvolutionKernel),
        new ConvolutionWithNorm($"{name}.pointwise{half}", channels, channels, 1)))];

    public T Read<T>(INetworkReader<T> reader, T x)
    {
        for (int half = 0; half < _halves.Length; half++)
        {
            (WeightSpec depthwise, ConvolutionWithNorm pointwise) = _halves[half];
            T active = reader.Activate(x, Activation.Relu, keepsInput: half == 0);
            T filtered = reader.Conv2d(active, depthwise.Leading(channels, 1, kernel, kernel), bias: null, new ConvolutionShape(1, kernel / 2, channels));
            x = pointwise.Read(reader, filtered, channels, channels, 1, new ConvolutionShape(1, 0, 1));
        }

        return x;
    }
}
