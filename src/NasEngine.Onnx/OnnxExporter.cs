using System.Globalization;
using System.Reflection;
using Google.Protobuf;
using NasEngine.Networks.Families;
using NasEngine.Onnx.Format;
using NasEngine.Onnx.Graph;
using NasEngine.Onnx.Weights;

namespace NasEngine.Onnx;

/// <summary>Builds ONNX models of subnets.</summary>
/// <remarks>Stateless and thread-safe.</remarks>
public static class OnnxExporter
{
    /// <summary>The name of a model's only input, <c>[batch, channels, height, width]</c>.</summary>
    public const string InputName = "input";

    /// <summary>The name of a model's only output, <c>[batch, classes]</c>: scores before softmax.</summary>
    public const string OutputName = "logits";

    /// <summary>The version of the operator set that models are written in.</summary>
    public const int OperatorSet = 17;

    // The format's version that came with operator set 17.
    private const int FormatVersion = 8;

    private static readonly string Version = typeof(OnnxExporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Builds the model of a subnet, FP32, with a free batch axis.</summary>
    /// <param name="family">The family of the plan.</param>
    /// <param name="plan">The concrete sizes.</param>
    /// <param name="weights">The values of every slice that the subnet uses.</param>
    /// <param name="metadata">What the file says of itself.</param>
    /// <param name="options">Settings; the defaults unless given.</param>
    /// <returns>The file's bytes; equal for equal arguments. Time and memory are linear in the subnet's weights.</returns>
    public static byte[] Build(INetworkFamily family, Plan plan, IWeightSource weights, OnnxMetadata metadata, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(metadata);
        OnnxGraph graph = new();
        graph.Proto.Name = metadata.Space;
        OnnxReader reader = new(graph, weights, (options ?? new OnnxOptions()).FoldBatchNorm);
        reader.Finish(family.Read(reader, plan, graph.AddInput(InputName, plan.InputShape)), OutputName);
        return ToBytes(graph.Proto, Properties(plan, metadata));
    }

    /// <summary>Makes a file of a graph.</summary>
    internal static byte[] ToBytes(GraphProto graph, IEnumerable<(string Key, string? Value)> properties)
    {
        ModelProto model = new()
        {
            IrVersion = FormatVersion,
            ProducerName = "NasEngine",
            ProducerVersion = Version,
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
        };
        foreach ((string key, string? value) in properties)
        {
            if (!string.IsNullOrEmpty(value))
            {
                model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
            }
        }

        return model.ToByteArray();
    }

    private static IEnumerable<(string Key, string? Value)> Properties(Plan plan, OnnxMetadata metadata) =>
    [
        ("genotype", metadata.Genotype),
        ("space", metadata.Space),
        ("space_fingerprint", metadata.SpaceFingerprint),
        ("run", metadata.Run),
        ("seed", metadata.Seed?.ToString(CultureInfo.InvariantCulture)),
        ("input_shape", string.Join(',', plan.InputShape)),
        ("resolution", plan.InputShape[^1].ToString(CultureInfo.InvariantCulture)),
        ("classes", plan.Outputs.ToString(CultureInfo.InvariantCulture)),
        ("preprocessing_mean", Join(metadata.Mean)),
        ("preprocessing_deviation", Join(metadata.Deviation)),
    ];

    private static string Join(IEnumerable<double> values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
