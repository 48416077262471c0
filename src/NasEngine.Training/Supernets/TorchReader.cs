using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>Runs a subnet on tensors. Weights are views of the supernet's, so gradients reach what is shared.</summary>
/// <param name="weights">Where weights come from.</param>
/// <param name="normalisation">Which statistics batch normalisations use.</param>
internal sealed class TorchReader(IWeightTensors weights, Normalisation normalisation) : INetworkReader<Tensor>
{
    public Tensor Conv2d(Tensor x, WeightSlice weight, WeightSlice? bias, ConvolutionShape shape) =>
        functional.conv2d(x, weights.Cut(weight), bias is null ? null : weights.Cut(bias), [shape.Stride, shape.Stride], [shape.Padding, shape.Padding], groups: shape.Groups);

    public Tensor BatchNorm(Tensor x, BatchNormSlice norm, double epsilon) =>
        normalisation.Apply(x, norm, weights.Cut(norm.Gain), weights.Cut(norm.Bias), epsilon);

    public Tensor Activate(Tensor x, Activation activation) => activation switch
    {
        // In place: what comes in is the output of a normalisation, whose gradient does not need it.
        Activation.Relu => x.relu_(),
        Activation.HardSwish => x.hardswish(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no tensor function for this activation."),
    };

    public Tensor Add(Tensor a, Tensor b) => a.add(b);

    public Tensor GlobalAveragePool(Tensor x) => x.mean([2, 3]);

    public Tensor Linear(Tensor x, WeightSlice weight, WeightSlice? bias) =>
        functional.linear(x, weights.Cut(weight), bias is null ? null : weights.Cut(bias));
}
