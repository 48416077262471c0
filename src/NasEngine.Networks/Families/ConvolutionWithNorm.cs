using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families;

/// <summary>A convolution without bias, and the batch normalisation that follows it.</summary>
internal sealed class ConvolutionWithNorm(string name, int maxOutputs, int maxInputs, int maxKernel)
{
    private readonly WeightSpec _kernel = new($"{name}.weight", [maxOutputs, maxInputs, maxKernel, maxKernel], WeightRole.ConvolutionKernel);
    private readonly BatchNormWeights _norm = new($"{name}.norm", maxOutputs);

    public T Read<T>(INetworkReader<T> reader, T x, int outputs, int inputs, int kernel, ConvolutionShape shape) =>
        _norm.Read(reader, reader.Conv2d(x, _kernel.CentreCrop(outputs, inputs, kernel), bias: null, shape), outputs);
}
