using System.Collections.Immutable;
using System.Globalization;
using NasEngine.Networks.Kernels;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Onnx.Graph;
using NasEngine.Onnx.Weights;

namespace NasEngine.Onnx;

/// <summary>Builds ONNX models of single kernels, to be measured alone.</summary>
/// <remarks>
/// The kernel's first input is the model's; further ones, such as the other summand of a residual sum, are stored in the file. Stateless and thread-safe.
/// </remarks>
public static class KernelExporter
{
    // What normalisations add to the variance changes no time.
    private const double Epsilon = 1e-5;

    /// <summary>Builds the model of a kernel.</summary>
    /// <param name="kernel">The kernel, with its operations.</param>
    /// <param name="weights">The values of every slice that it uses.</param>
    /// <returns>The file's bytes, for batches of one image.</returns>
    /// <exception cref="ArgumentException">The kernel has no operations.</exception>
    public static byte[] Build(Kernel kernel, IWeightSource weights)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(weights);
        if (kernel.Operations.IsEmpty)
        {
            throw new ArgumentException($"Kernel {kernel.Kind} has no operations.", nameof(kernel));
        }

        OnnxGraph graph = new();
        graph.Proto.Name = kernel.Kind;
        OnnxReader reader = new(graph, weights, foldBatchNorm: true);
        Dictionary<int, OnnxValue> values = new() { [kernel.Inputs[0].Id] = graph.AddInput(OnnxExporter.InputName, kernel.Inputs[0].Shape) };
        foreach (Operation operation in kernel.Operations)
        {
            OnnxValue[] inputs = [.. operation.Inputs.Select(input => values.TryGetValue(input.Id, out OnnxValue? known) ? known : values[input.Id] = Stored(graph, input))];
            values[operation.Output.Id] = Write(reader, operation, inputs);
        }

        reader.Finish(values[kernel.Output.Id], OnnxExporter.OutputName);
        return OnnxExporter.ToBytes(graph.Proto, []);
    }

    private static OnnxValue Stored(OnnxGraph graph, NetworkValue value)
    {
        float[] numbers = new float[value.Count];
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = 1 + (index % 7 * 0.125f); // far from the small numbers that processors compute slowly
        }

        return new OnnxValue(graph.AddInitialiser(string.Create(CultureInfo.InvariantCulture, $"stored{value.Id}"), [1, .. value.Shape], numbers), value.Shape);
    }

    private static OnnxValue Write(OnnxReader reader, Operation operation, OnnxValue[] inputs)
    {
        ImmutableArray<WeightSlice> weights = operation.Weights;
        return operation.Kind switch
        {
            OperationKind.Convolution => reader.Conv2d(inputs[0], weights[0], Bias(weights), new ConvolutionShape(operation.Stride, Padding(operation), operation.Groups)),
            OperationKind.BatchNorm => reader.BatchNorm(inputs[0], new BatchNormSlice(weights[0], weights[1], weights[2], weights[3]), Epsilon),
            OperationKind.Activation => reader.Activate(inputs[0], operation.Function!.Value),
            OperationKind.Add => reader.Add(inputs[0], inputs[1]),
            OperationKind.GlobalAveragePool => reader.GlobalAveragePool(inputs[0]),
            OperationKind.AveragePool => reader.Pool(inputs[0], new PoolShape(PoolKind.Average, operation.Kernel, operation.Stride, Padding(operation))),
            OperationKind.MaxPool => reader.Pool(inputs[0], new PoolShape(PoolKind.Max, operation.Kernel, operation.Stride, Padding(operation))),
            OperationKind.Concatenation => reader.Concatenate(inputs),
            OperationKind.Zero => reader.Zero(inputs[0]),
            OperationKind.Linear => reader.Linear(inputs[0], weights[0], Bias(weights)),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, "There is no ONNX operator for this operation."),
        };
    }

    private static WeightSlice? Bias(ImmutableArray<WeightSlice> weights) => weights.Length > 1 ? weights[1] : null;

    // Half of the window keeps the size at stride 1, as most networks have it; otherwise the least that gives the output.
    private static int Padding(Operation operation)
    {
        (int input, int output) = (operation.Inputs[0].Shape[1], operation.Output.Shape[1]);
        return Enumerable.Range(0, operation.Kernel).OrderByDescending(padding => padding == operation.Kernel / 2)
            .First(padding => ((input + (2 * padding) - operation.Kernel) / operation.Stride) + 1 == output);
    }
}
