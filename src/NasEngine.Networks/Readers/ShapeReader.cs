using System.Collections.Immutable;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Readers;

/// <summary>Follows shapes through a network without computing anything, checks that they fit, and keeps the list of operations.</summary>
public sealed class ShapeReader : INetworkReader<NetworkValue>
{
    private readonly List<Operation> _operations = [];

    /// <summary>Gets the operations read so far, in order.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Gives the value that enters the network.</summary>
    /// <param name="shape">The shape without the batch axis.</param>
    public static NetworkValue Input(params ReadOnlySpan<int> shape) => new(0, [.. shape]);

    /// <summary>Lists the operations of a subnet.</summary>
    public static IReadOnlyList<Operation> Trace(Families.INetworkFamily family, Families.Plan plan)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(plan);
        ShapeReader reader = new();
        family.Read(reader, plan, Input(plan.InputShape.AsSpan()));
        return reader.Operations;
    }

    /// <inheritdoc/>
    public NetworkValue Conv2d(NetworkValue x, WeightSlice weight, WeightSlice? bias, ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ImmutableArray<int> kernel = weight.Shape;
        Require(x.Shape.Length == 3 && kernel.Length == 4 && kernel[2] == kernel[3], weight, x);
        Require(x.Shape[0] == kernel[1] * shape.Groups && kernel[0] % shape.Groups == 0, weight, x);
        Require(bias is null || bias.Count == kernel[0], weight, x);
        (int height, int width) = (shape.Output(x.Shape[1], kernel[2]), shape.Output(x.Shape[2], kernel[3]));
        Require(height > 0 && width > 0, weight, x);
        long macs = weight.Count * height * width;
        return Record(OperationKind.Convolution, [x], [kernel[0], height, width], bias is null ? [weight] : [weight, bias], macs, kernel[2], shape.Stride, shape.Groups);
    }

    /// <inheritdoc/>
    public NetworkValue BatchNorm(NetworkValue x, BatchNormSlice norm, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(norm);
        Require(x.Shape[0] == norm.Channels, norm.Gain, x);
        return Record(OperationKind.BatchNorm, [x], x.Shape, [norm.Gain, norm.Bias, norm.Mean, norm.Variance], 0);
    }

    /// <inheritdoc/>
    public NetworkValue Activate(NetworkValue x, Activation activation, bool keepsInput = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Record(OperationKind.Activation, [x], x.Shape, [], 0, function: activation);
    }

    /// <inheritdoc/>
    public NetworkValue Add(NetworkValue a, NetworkValue b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Shape.SequenceEqual(b.Shape)
            ? Record(OperationKind.Add, [a, b], a.Shape, [], 0)
            : throw new ArgumentException($"Values of shapes [{string.Join(" × ", a.Shape)}] and [{string.Join(" × ", b.Shape)}] cannot be added.", nameof(b));
    }

    /// <inheritdoc/>
    public NetworkValue Concatenate(IReadOnlyList<NetworkValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count > 1 && values.All(value => value.Shape.Length == 3 && value.Shape[1..].SequenceEqual(values[0].Shape[1..]))
            ? Record(OperationKind.Concatenation, [.. values], [values.Sum(value => value.Shape[0]), .. values[0].Shape[1..]], [], 0)
            : throw new ArgumentException($"Values of shapes {string.Join(", ", values.Select(value => $"[{string.Join(" × ", value.Shape)}]"))} cannot be joined.", nameof(values));
    }

    /// <inheritdoc/>
    public NetworkValue Zero(NetworkValue x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Record(OperationKind.Zero, [x], x.Shape, [], 0);
    }

    /// <inheritdoc/>
    public NetworkValue Pool(NetworkValue x, PoolShape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        (int height, int width) = x.Shape.Length == 3 ? (shape.Output(x.Shape[1]), shape.Output(x.Shape[2])) : (0, 0);
        return height > 0 && width > 0
            ? Record(shape.Kind == PoolKind.Average ? OperationKind.AveragePool : OperationKind.MaxPool, [x], [x.Shape[0], height, width], [], 0, shape.Kernel, shape.Stride)
            : throw new ArgumentException($"A window of {shape.Kernel} × {shape.Kernel} does not fit a value of shape [{string.Join(" × ", x.Shape)}].", nameof(x));
    }

    /// <inheritdoc/>
    public NetworkValue GlobalAveragePool(NetworkValue x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Record(OperationKind.GlobalAveragePool, [x], [x.Shape[0]], [], 0);
    }

    /// <inheritdoc/>
    public NetworkValue Linear(NetworkValue x, WeightSlice weight, WeightSlice? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Require(x.Shape.Length == 1 && weight.Shape.Length == 2 && x.Shape[0] == weight.Shape[1], weight, x);
        Require(bias is null || bias.Count == weight.Shape[0], weight, x);
        return Record(OperationKind.Linear, [x], [weight.Shape[0]], bias is null ? [weight] : [weight, bias], weight.Count);
    }

    private static void Require(bool fits, WeightSlice weight, NetworkValue x)
    {
        if (!fits)
        {
            throw new ArgumentException($"{weight.Weight.Name} of shape [{string.Join(" × ", weight.Shape)}] does not fit an input of shape [{string.Join(" × ", x.Shape)}].", nameof(x));
        }
    }

    private NetworkValue Record(
        OperationKind kind, ImmutableArray<NetworkValue> inputs, ImmutableArray<int> shape, ImmutableArray<WeightSlice> weights, long macs,
        int kernel = 0, int stride = 0, int groups = 0, Activation? function = null)
    {
        NetworkValue output = new(_operations.Count + 1, shape);
        _operations.Add(new Operation(kind, inputs, output, weights, macs, kernel, stride, groups, function));
        return output;
    }
}
