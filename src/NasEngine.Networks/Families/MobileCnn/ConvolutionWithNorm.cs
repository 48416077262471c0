using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.MobileCnn;

/// <summary>A convolution without bias, and the batch normalisation that follows it.</summary>
internal sealed class ConvolutionWithNorm(string name, int maxOutputs, int maxInputs, int maxKernel)
{
    // PyTorch's default, which published mobile networks keep.
    private const double Epsilon = 1e-5;

    private readonly WeightSpec _kernel = new($"{name}.weight", [maxOutputs, maxInputs, maxKernel, maxKernel], WeightRole.ConvolutionKernel);
    private readonly WeightSpec _gain = new($"{name}.norm.weight", [maxOutputs], WeightRole.NormGain);
    private readonly WeightSpec _bias = new($"{name}.norm.bias", [maxOutputs], WeightRole.NormBias);
    private readonly WeightSpec _mean = new($"{name}.norm.running_mean", [maxOutputs], WeightRole.RunningMean);
    private readonly WeightSpec _variance = new($"{name}.norm.running_var", [maxOutputs], WeightRole.RunningVariance);

    public T Read<T>(INetworkReader<T> reader, T x, int outputs, int inputs, int kernel, ConvolutionShape shape)
    {
        T convolved = reader.Conv2d(x, _kernel.CentreCrop(outputs, inputs, kernel), bias: null, shape);
        BatchNormSlice norm = new(_gain.Leading(outputs), _bias.Leading(outputs), _mean.Leading(outputs), _variance.Leading(outputs));
        return reader.BatchNorm(convolved, norm, Epsilon);
    }
}
