using System.Globalization;
using System.Text;
using NasEngine.Onnx.Format;

namespace NasEngine.Testing.Onnx;

/// <summary>Writes the graph of a model as text, a line for each node, with the shapes of values and arrays.</summary>
public static class OnnxText
{
    /// <summary>Writes the text of a model.</summary>
    public static string Of(byte[] model)
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(model).Graph;
        Dictionary<string, string> shapes = graph.Input.Concat(graph.ValueInfo).Concat(graph.Output)
            .ToDictionary(info => info.Name, info => string.Join('×', info.Type.TensorType.Shape.Dim.Select(Size)));
        foreach (TensorProto tensor in graph.Initializer)
        {
            shapes.Add(tensor.Name, string.Join('×', tensor.Dims));
        }

        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"graph {graph.Name}({Show(graph.Input.Select(info => info.Name), shapes)}) -> {Show(graph.Output.Select(info => info.Name), shapes)}");
        foreach (NodeProto node in graph.Node)
        {
            string attributes = string.Join(' ', node.Attribute.Select(Show));
            text.AppendLine($"  {Show(node.Output, shapes)} = {node.OpType}({Show(node.Input, shapes)}) {attributes}".TrimEnd());
        }

        return text.ToString();
    }

    private static string Show(IEnumerable<string> names, Dictionary<string, string> shapes) => string.Join(", ", names.Select(name => $"{name}[{shapes[name]}]"));

    private static string Size(TensorShapeProto.Types.Dimension size) => size.HasDimParam ? size.DimParam : size.DimValue.ToString(CultureInfo.InvariantCulture);

    private static string Show(AttributeProto attribute) => attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Int => string.Create(CultureInfo.InvariantCulture, $"{attribute.Name}={attribute.I}"),
        AttributeProto.Types.AttributeType.Float => string.Create(CultureInfo.InvariantCulture, $"{attribute.Name}={attribute.F}"),
        _ => $"{attribute.Name}={string.Join(',', attribute.Ints)}",
    };
}
