using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Onnx.Weights;

namespace NasEngine.Onnx.Graph;

/// <summary>Writes a network as ONNX nodes and copies the slices that it uses. One reader makes one graph.</summary>
internal sealed class OnnxReader(OnnxGraph graph, IWeightSource weights, bool foldBatchNorm) : INetworkReader<OnnxValue>
{
    // A convolution is written when its value is used, because only then is it known whether a normalisation swallows it.
    private readonly Dictionary<OnnxValue, Convolution> _pending = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<OnnxValue, OnnxValue> _written = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, (WeightSlice Slice, string Name)> _stored = new(StringComparer.Ordinal);

    public OnnxValue Conv2d(OnnxValue x, WeightSlice weight, WeightSlice? bias, ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        OnnxValue input = Written(x);
        int kernel = weight.Ranges[2].Length;
        OnnxValue output = new(LayerName(weight), [weight.Ranges[0].Length, shape.Output(x.Shape[1], kernel), shape.Output(x.Shape[2], kernel)]);
        _pending.Add(output, new Convolution(input, weight, bias, shape, kernel));
        return output;
    }

    public OnnxValue BatchNorm(OnnxValue x, BatchNormSlice norm, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(norm);
        if (foldBatchNorm && _pending.TryGetValue(x, out Convolution? convolution))
        {
            return WriteFolded(x, convolution, norm, epsilon);
        }

        return graph.AddNode(
            "BatchNormalization", norm.Name, [Written(x).Name, Store(norm.Gain), Store(norm.Bias), Store(norm.Mean), Store(norm.Variance)], x.Shape,
            OnnxGraph.Real("epsilon", epsilon));
    }

    public OnnxValue Activate(OnnxValue x, Activation activation, bool keepsInput = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        OnnxValue input = Written(x);
        return activation switch
        {
            Activation.Relu => graph.AddNode("Relu", $"{input.Name}.relu", [input.Name], x.Shape),
            Activation.HardSwish => graph.AddNode("HardSwish", $"{input.Name}.hardswish", [input.Name], x.Shape),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no ONNX operator for this activation."),
        };
    }

    public OnnxValue Add(OnnxValue a, OnnxValue b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        (OnnxValue left, OnnxValue right) = (Written(a), Written(b));
        return graph.AddNode("Add", $"{left.Name}.add", [left.Name, right.Name], a.Shape);
    }

    public OnnxValue Concatenate(IReadOnlyList<OnnxValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] names = [.. values.Select(value => Written(value).Name)];
        return graph.AddNode("Concat", $"{names[0]}.concat", names, [values.Sum(value => value.Shape[0]), .. values[0].Shape[1..]], OnnxGraph.Whole("axis", 1));
    }

    public OnnxValue Zero(OnnxValue x)
    {
        ArgumentNullException.ThrowIfNull(x);
        string input = Written(x).Name;
        return graph.AddNode("Sub", $"{input}.zero", [input, input], x.Shape);
    }

    public OnnxValue Pool(OnnxValue x, PoolShape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        string input = Written(x).Name;
        // Padding is left out of averages unless 'count_include_pad' says otherwise.
        return graph.AddNode(
            shape.Kind == PoolKind.Average ? "AveragePool" : "MaxPool", $"{input}.pool", [input], [x.Shape[0], shape.Output(x.Shape[1]), shape.Output(x.Shape[2])],
            OnnxGraph.Wholes("kernel_shape", shape.Kernel, shape.Kernel), OnnxGraph.Wholes("strides", shape.Stride, shape.Stride),
            OnnxGraph.Wholes("pads", shape.Padding, shape.Padding, shape.Padding, shape.Padding));
    }

    public OnnxValue GlobalAveragePool(OnnxValue x)
    {
        ArgumentNullException.ThrowIfNull(x);
        OnnxValue pooled = graph.AddNode("GlobalAveragePool", "pool", [Written(x).Name], [x.Shape[0], 1, 1]);
        return graph.AddNode("Flatten", "pool.flat", [pooled.Name], [x.Shape[0]], OnnxGraph.Whole("axis", 1));
    }

    public OnnxValue Linear(OnnxValue x, WeightSlice weight, WeightSlice? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        string input = Written(x).Name, matrix = Store(weight);
        return graph.AddNode(
            "Gemm", LayerName(weight), bias is null ? [input, matrix] : [input, matrix, Store(bias)], [weight.Ranges[0].Length], OnnxGraph.Whole("transB", 1));
    }

    /// <summary>Makes a value the graph's output.</summary>
    public void Finish(OnnxValue output, string name) => graph.SetOutput(Written(output), name);

    private OnnxValue Written(OnnxValue value)
    {
        if (_written.TryGetValue(value, out OnnxValue? written))
        {
            return written;
        }

        if (!_pending.TryGetValue(value, out Convolution? convolution))
        {
            return value;
        }

        string weight = Store(convolution.Weight);
        OnnxValue output = WriteConvolution(value, convolution, weight, convolution.Bias is null ? null : Store(convolution.Bias));
        _written.Add(value, output);
        return output;
    }

    private OnnxValue WriteFolded(OnnxValue value, Convolution convolution, BatchNormSlice norm, double epsilon)
    {
        (float[] kernel, float[] shift) = BatchNormFolding.Fold(
            weights.Read(convolution.Weight).Span, convolution.Bias is null ? [] : weights.Read(convolution.Bias).Span,
            weights.Read(norm.Gain).Span, weights.Read(norm.Bias).Span, weights.Read(norm.Mean).Span, weights.Read(norm.Variance).Span, epsilon);
        string weight = graph.AddInitialiser(convolution.Weight.Weight.Name, convolution.Weight.Shape, kernel);
        string bias = graph.AddInitialiser($"{value.Name}.bias", [shift.Length], shift);
        return WriteConvolution(value, convolution, weight, bias);
    }

    private OnnxValue WriteConvolution(OnnxValue value, Convolution convolution, string weight, string? bias)
    {
        (int stride, int padding, int groups) = convolution.Shape;
        return graph.AddNode(
            "Conv", value.Name, bias is null ? [convolution.Input.Name, weight] : [convolution.Input.Name, weight, bias], value.Shape,
            OnnxGraph.Wholes("kernel_shape", convolution.Kernel, convolution.Kernel), OnnxGraph.Wholes("strides", stride, stride),
            OnnxGraph.Wholes("pads", padding, padding, padding, padding), OnnxGraph.Whole("group", groups));
    }

    private string Store(WeightSlice slice)
    {
        if (_stored.TryGetValue(slice.Weight.Name, out (WeightSlice Slice, string Name) first) && first.Slice.Ranges.SequenceEqual(slice.Ranges))
        {
            return first.Name;
        }

        string name = graph.AddInitialiser(slice.Weight.Name, slice.Shape, weights.Read(slice).Span);
        _stored.TryAdd(slice.Weight.Name, (slice, name));
        return name;
    }

    private static string LayerName(WeightSlice weight) =>
        weight.Weight.Name.EndsWith(".weight", StringComparison.Ordinal) ? weight.Weight.Name[..^".weight".Length] : weight.Weight.Name;

    private sealed record Convolution(OnnxValue Input, WeightSlice Weight, WeightSlice? Bias, ConvolutionShape Shape, int Kernel);
}
