using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NasEngine.Onnx.Format;

namespace NasEngine.Onnx.Graph;

/// <summary>Collects the nodes and arrays of a graph. Every name is given once.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of the batch axis, whose length is free.</summary>
    public const string BatchAxis = "batch";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueInfoProto> _valueInfo = new(StringComparer.Ordinal);

    /// <summary>Gets the graph as it stands.</summary>
    public GraphProto Proto { get; } = new();

    /// <summary>Adds the graph's input.</summary>
    public OnnxValue AddInput(string name, ImmutableArray<int> shape)
    {
        Proto.Input.Add(Describe(Unique(name), shape));
        return new OnnxValue(name, shape);
    }

    /// <summary>Makes the value of a node the graph's output, under a name of its own.</summary>
    public void SetOutput(OnnxValue value, string wantedName)
    {
        string name = Unique(wantedName);
        NodeProto producer = Proto.Node.Single(node => node.Output[0] == value.Name);
        foreach (NodeProto reader in Proto.Node)
        {
            for (int index = 0; index < reader.Input.Count; index++)
            {
                reader.Input[index] = reader.Input[index] == value.Name ? name : reader.Input[index];
            }
        }

        producer.Output[0] = name;
        Proto.ValueInfo.Remove(_valueInfo[value.Name]);
        Proto.Output.Add(Describe(name, value.Shape));
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The operator's name in the specification.</param>
    /// <param name="name">The wanted name; a number is appended if it is taken. The output is called like the node.</param>
    /// <param name="inputs">Names of values and arrays.</param>
    /// <param name="shape">The output's shape without the batch axis.</param>
    /// <param name="attributes">The operator's attributes.</param>
    public OnnxValue AddNode(string operation, string name, ReadOnlySpan<string> inputs, ImmutableArray<int> shape, params ReadOnlySpan<AttributeProto> attributes)
    {
        string unique = Unique(name);
        NodeProto node = new() { OpType = operation, Name = unique, Output = { unique } };
        foreach (string input in inputs)
        {
            node.Input.Add(input);
        }

        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        Proto.Node.Add(node);
        ValueInfoProto info = Describe(unique, shape);
        _valueInfo.Add(unique, info);
        Proto.ValueInfo.Add(info);
        return new OnnxValue(unique, shape);
    }

    /// <summary>Adds an array under a name of its own.</summary>
    public string AddInitialiser(string name, ImmutableArray<int> shape, ReadOnlySpan<float> values)
    {
        string unique = Unique(name);
        byte[] bytes = new byte[values.Length * sizeof(float)];
        MemoryMarshal.AsBytes(values).CopyTo(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            // The specification stores raw data in little-endian order on every machine.
            for (int start = 0; start < bytes.Length; start += sizeof(float))
            {
                bytes.AsSpan(start, sizeof(float)).Reverse();
            }
        }

        TensorProto tensor = new() { Name = unique, DataType = (int)TensorProto.Types.DataType.Float, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (int size in shape)
        {
            tensor.Dims.Add(size);
        }

        Proto.Initializer.Add(tensor);
        return unique;
    }

    /// <summary>Creates an attribute that is a whole number.</summary>
    public static AttributeProto Whole(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>Creates an attribute that is a number.</summary>
    public static AttributeProto Real(string name, double value) => new() { Name = name, F = (float)value, Type = AttributeProto.Types.AttributeType.Float };

    /// <summary>Creates an attribute that is a list of whole numbers.</summary>
    public static AttributeProto Wholes(string name, params ReadOnlySpan<long> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
        {
            attribute.Ints.Add(value);
        }

        return attribute;
    }

    private static ValueInfoProto Describe(string name, ImmutableArray<int> shape)
    {
        TensorShapeProto dimensions = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = BatchAxis } } };
        foreach (int size in shape)
        {
            dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions } },
        };
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int number = 2; !_names.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        return unique;
    }
}
