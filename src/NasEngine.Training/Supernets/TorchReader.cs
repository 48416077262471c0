using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>Runs a subnet on tensors. Weights are views of the supernet's, so gradients reach what is shared.</summary>
/// <param name="weights">Where weights come from.</param>
/// <param name="normalisation">Which statistics batch normalisations use.</param>
/// <param name="tap">Who sees the operations; nobody unless given. With a tap, no value is overwritten.</param>
internal sealed class TorchReader(IWeightTensors weights, Normalisation normalisation, ITorchTap? tap = null) : INetworkReader<Tensor>
{
    public Tensor Conv2d(Tensor x, WeightSlice weight, WeightSlice? bias, ConvolutionShape shape) => Seen(
        OperationKind.Convolution, x,
        functional.conv2d(x, weights.Cut(weight), bias is null ? null : weights.Cut(bias), [shape.Stride, shape.Stride], [shape.Padding, shape.Padding], groups: shape.Groups),
        weight, shape);

    public Tensor BatchNorm(Tensor x, BatchNormSlice norm, double epsilon) =>
        Seen(OperationKind.BatchNorm, x, normalisation.Apply(x, norm, weights.Cut(norm.Gain), weights.Cut(norm.Bias), epsilon), norm.Gain);

    public Tensor Activate(Tensor x, Activation activation, bool keepsInput = false) => Seen(OperationKind.Activation, x, activation switch
    {
        // In place: what comes in is the output of a normalisation, whose gradient does not need it.
        Activation.Relu => keepsInput || tap is not null ? x.relu() : x.relu_(),
        Activation.HardSwish => x.hardswish(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no tensor function for this activation."),
    });

    public Tensor Add(Tensor a, Tensor b) => Seen(OperationKind.Add, a, a.add(b));

    public Tensor Concatenate(IReadOnlyList<Tensor> values) => Seen(OperationKind.Concatenation, values[0], cat(values, 1));

    public Tensor Zero(Tensor x) => Seen(OperationKind.Zero, x, x.mul(0));

    public Tensor Pool(Tensor x, PoolShape shape) => shape.Kind == PoolKind.Average
        ? Seen(OperationKind.AveragePool, x, functional.avg_pool2d(x, [shape.Kernel], [shape.Stride], [shape.Padding], count_include_pad: false))
        : Seen(OperationKind.MaxPool, x, functional.max_pool2d(x, [shape.Kernel], [shape.Stride], [shape.Padding]));

    public Tensor GlobalAveragePool(Tensor x) => Seen(OperationKind.GlobalAveragePool, x, x.mean([2, 3]));

    public Tensor Linear(Tensor x, WeightSlice weight, WeightSlice? bias) =>
        Seen(OperationKind.Linear, x, functional.linear(x, weights.Cut(weight), bias is null ? null : weights.Cut(bias)), weight);

    public Tensor EndBlock(Tensor x)
    {
        tap?.EndBlock(x);
        return x;
    }

    private Tensor Seen(OperationKind kind, Tensor input, Tensor output, WeightSlice? slice = null, ConvolutionShape shape = default)
    {
        tap?.Operation(new TappedOperation(kind, input, output, slice, shape));
        return output;
    }
}
