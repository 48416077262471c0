using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Kernels;

/// <summary>Gives the fused kernels that a runtime makes of a subnet, for look-up tables and latency features.</summary>
/// <remarks>
/// Fused as ONNX Runtime does on processors: normalisation and activation into the convolution or product before them,
/// and a residual sum into the convolution that is read for it alone.
/// </remarks>
public static class KernelReader
{
    /// <summary>Lists the kernels of a subnet in the order they run.</summary>
    public static IReadOnlyList<Kernel> Read(INetworkFamily family, Plan plan) => Fuse(ShapeReader.Trace(family, plan));

    /// <summary>Fuses operations into kernels.</summary>
    public static IReadOnlyList<Kernel> Fuse(IReadOnlyList<Operation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        Dictionary<int, int> readers = [];
        foreach (NetworkValue input in operations.SelectMany(operation => operation.Inputs))
        {
            readers[input.Id] = readers.GetValueOrDefault(input.Id) + 1;
        }

        List<Kernel> kernels = [];
        foreach (Operation operation in operations)
        {
            Kernel? last = kernels.Count > 0 ? kernels[^1] : null;
            bool continues = last is not null && last.Macs > 0 && operation.Inputs.Any(input => input.Id == last.Output.Id) && readers[last.Output.Id] == 1;
            switch (operation.Kind)
            {
                case OperationKind.BatchNorm when continues:
                    // Folded: the convolution gains one bias for each channel.
                    kernels[^1] = last! with { Output = operation.Output, WeightCount = last.WeightCount + operation.Output.Shape[0], Operations = [.. last.Operations, operation] };
                    break;
                case OperationKind.Activation when continues:
                    kernels[^1] = last! with { Output = operation.Output, Operations = [.. last.Operations, operation] };
                    break;
                case OperationKind.Add when continues:
                    kernels[^1] = last! with { Output = operation.Output, Inputs = [.. last.Inputs, .. operation.Inputs.Where(input => input.Id != last.Output.Id)], Operations = [.. last.Operations, operation] };
                    break;
                default:
                    kernels.Add(new Kernel(KindOf(operation), operation.Inputs, operation.Output, operation.Macs, operation.Weights.Sum(weight => weight.Count), Math.Max(1, operation.Stride)) { Operations = [operation] });
                    break;
            }
        }

        return kernels;
    }

    private static string KindOf(Operation operation) => operation.Kind switch
    {
        OperationKind.Convolution when operation.Groups > 1 && operation.Groups == operation.Output.Shape[0] => FormattableString.Invariant($"depthwise{operation.Kernel}"),
        OperationKind.Convolution when operation.Kernel == 1 => "pointwise",
        OperationKind.Convolution => FormattableString.Invariant($"conv{operation.Kernel}"),
        OperationKind.BatchNorm => "norm",
        OperationKind.Activation => "activation",
        OperationKind.Add => "add",
        OperationKind.GlobalAveragePool => "pool",
        OperationKind.AveragePool => FormattableString.Invariant($"avgpool{operation.Kernel}"),
        OperationKind.MaxPool => FormattableString.Invariant($"maxpool{operation.Kernel}"),
        OperationKind.Concatenation => "concat",
        OperationKind.Zero => "zero",
        _ => "linear",
    };
}
