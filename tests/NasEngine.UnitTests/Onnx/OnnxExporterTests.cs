using System.Runtime.InteropServices;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Onnx;
using NasEngine.Onnx.Format;
using NasEngine.Onnx.Weights;
using NasEngine.Testing;
using NasEngine.Testing.Networks;
using NasEngine.Testing.Onnx;

namespace NasEngine.UnitTests.Onnx;

internal sealed class OnnxExporterTests
{
    private static readonly OnnxOptions Unfolded = new() { FoldBatchNorm = false };

    private static INetworkFamily Family => TestSpaces.MobileCnn;

    [Test]
    public void Build_TinyFolded_WritesTheApprovedGraph()
    {
        SearchSpace space = TestSpaces.Tiny();
        Approval.Verify(OnnxText.Of(Build(space, space.Largest)));
    }

    [Test]
    public void Build_TinyUnfolded_WritesTheApprovedGraph()
    {
        SearchSpace space = TestSpaces.Tiny();
        Approval.Verify(OnnxText.Of(Build(space, space.Smallest, Unfolded)));
    }

    [Test]
    public void Build_HardSwish_WritesOneNodeForEachActivation()
    {
        SearchSpace space = TestSpaces.Read(TestSpaces.TinyText.Replace("\"channelMultiple\": 2", "\"channelMultiple\": 2, \"activation\": \"hard-swish\"", StringComparison.Ordinal));
        GraphProto graph = Parse(Build(space, space.Smallest)).Graph;
        Assert.That(graph.Node.Select(node => node.OpType), Has.Exactly(6).EqualTo("HardSwish").And.None.EqualTo("Relu"));
    }

    [Test]
    public void Build_SameArgumentsTwice_GivesEqualBytes()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        Genotype genotype = space.Sample(new Random(5));
        Assert.That(Build(space, genotype), Is.EqualTo(Build(TestSpaces.FashionMobile(), genotype)));
    }

    [Test]
    public void Build_AnySubnet_HasOperatorSet17AndAFreeBatchAxis()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        ModelProto model = Parse(Build(space, space.Sample(new Random(6))));
        Assert.Multiple(() =>
        {
            Assert.That(model.OpsetImport.Single().Version, Is.EqualTo(17));
            Assert.That(model.IrVersion, Is.EqualTo(8));
            Assert.That(model.Graph.Input.Single().Name, Is.EqualTo("input"));
            Assert.That(model.Graph.Input.Single().Type.TensorType.Shape.Dim[0].DimParam, Is.EqualTo("batch"));
            Assert.That(model.Graph.Output.Single().Name, Is.EqualTo("logits"));
            Assert.That(model.Graph.Output.Single().Type.TensorType.Shape.Dim[0].DimParam, Is.EqualTo("batch"));
            Assert.That(model.Graph.Output.Single().Type.TensorType.Shape.Dim[1].DimValue, Is.EqualTo(10));
        });
    }

    [Test]
    public void Build_AllMetadataGiven_WritesItInAFixedOrder()
    {
        SearchSpace space = TestSpaces.Tiny();
        OnnxMetadata metadata = OnnxMetadata.Of(space, space.Smallest) with { Run = "r1", Seed = 7, Mean = [0.286], Deviation = [0.353] };
        ModelProto model = Parse(OnnxExporter.Build(Family, Family.Plan(space, space.Smallest), new RandomWeightSource(1), metadata));
        Assert.That(model.MetadataProps.Select(property => $"{property.Key}: {property.Value}"), Is.EqualTo(new[]
        {
            $"genotype: {space.Format(space.Smallest)}", "space: tiny", $"space_fingerprint: {space.Fingerprint}", "run: r1", "seed: 7",
            "input_shape: 1,8,8", "resolution: 8", "classes: 3", "preprocessing_mean: 0.286", "preprocessing_deviation: 0.353",
        }));
        Assert.That(model.ProducerName, Is.EqualTo("NasEngine"));
    }

    [Test]
    public void Build_Unfolded_StoresExactlyTheSlicesOfTheSubnet()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        Plan plan = Family.Plan(space, space.Sample(new Random(8)));
        Dictionary<string, ReadOnlyMemory<float>> full = RandomWeights.Draw(Family, space, 8);
        byte[] bytes = OnnxExporter.Build(Family, plan, new ArrayWeightSource(full), OnnxMetadata.Of(space, space.Smallest), Unfolded);
        Dictionary<string, float[]> stored = Parse(bytes).Graph.Initializer.ToDictionary(tensor => tensor.Name, Floats);
        WeightSlice[] slices = [.. ShapeReader.Trace(Family, plan).SelectMany(operation => operation.Weights)];
        Assert.That(stored.Keys, Is.EquivalentTo(slices.Select(slice => slice.Weight.Name)));
        foreach (WeightSlice slice in slices)
        {
            Assert.That(stored[slice.Weight.Name], Is.EqualTo(slice.CopyFrom(full[slice.Weight.Name].Span)), slice.Weight.Name);
        }
    }

    [Test]
    public void Build_Folded_StoresScaledKernels()
    {
        SearchSpace space = TestSpaces.Tiny();
        Dictionary<string, ReadOnlyMemory<float>> full = RandomWeights.Draw(Family, space, 9);
        byte[] bytes = OnnxExporter.Build(Family, Family.Plan(space, space.Largest), new ArrayWeightSource(full), OnnxMetadata.Of(space, space.Largest));
        Dictionary<string, float[]> stored = Parse(bytes).Graph.Initializer.ToDictionary(tensor => tensor.Name, Floats);
        double scale = full["stem.norm.weight"].Span[2] / Math.Sqrt(full["stem.norm.running_var"].Span[2] + 1e-5);
        Assert.That(stored["stem.weight"][18], Is.EqualTo((float)(full["stem.weight"].Span[18] * scale)));
        Assert.That(stored["stem.bias"][2], Is.EqualTo((float)(full["stem.norm.bias"].Span[2] - (full["stem.norm.running_mean"].Span[2] * scale))));
        Assert.That(stored.Keys, Has.None.Contains("norm"));
    }

    [Test]
    public void Build_StatisticsOfTheSubnet_ReplaceThoseOfTheSupernet()
    {
        SearchSpace space = TestSpaces.Tiny();
        Plan plan = Family.Plan(space, space.Smallest);
        Dictionary<string, ReadOnlyMemory<float>> measured = new() { ["stem.norm.running_mean"] = new float[] { 1, 2, 3, 4 } };
        ArrayWeightSource weights = new(RandomWeights.Draw(Family, space, 10), measured);
        GraphProto graph = Parse(OnnxExporter.Build(Family, plan, weights, OnnxMetadata.Of(space, space.Smallest), Unfolded)).Graph;
        Assert.That(Floats(graph.Initializer.Single(tensor => tensor.Name == "stem.norm.running_mean")), Is.EqualTo(new float[] { 1, 2, 3, 4 }));
    }

    [Test]
    public void Build_StatisticsOfAnotherSubnet_SaysWhichLengthsDiffer()
    {
        SearchSpace space = TestSpaces.Tiny();
        Dictionary<string, ReadOnlyMemory<float>> measured = new() { ["stem.norm.running_mean"] = new float[] { 1, 2 } };
        ArrayWeightSource weights = new(RandomWeights.Draw(Family, space, 10), measured);
        Assert.That(
            () => OnnxExporter.Build(Family, Family.Plan(space, space.Smallest), weights, OnnxMetadata.Of(space, space.Smallest)),
            Throws.ArgumentException.With.Message.Contains("stem.norm.running_mean was measured for 2 channels, but the subnet has 4"));
    }

    [Test]
    public void Build_EverySubnetOfASmallSpace_UsesEachNameOnce()
    {
        SearchSpace space = TestSpaces.Tiny();
        Random random = new(11);
        for (int trial = 0; trial < 50; trial++)
        {
            GraphProto graph = Parse(Build(space, space.Sample(random))).Graph;
            string[] names = [.. graph.Node.SelectMany(node => node.Output), .. graph.Initializer.Select(tensor => tensor.Name), .. graph.Input.Select(info => info.Name)];
            Assert.That(names, Is.Unique);
            Assert.That(graph.Node.SelectMany(node => node.Input).Except(names), Is.Empty);
        }
    }

    private static byte[] Build(SearchSpace space, Genotype genotype, OnnxOptions? options = null) =>
        OnnxExporter.Build(Family, Family.Plan(space, genotype), new RandomWeightSource(3), OnnxMetadata.Of(space, genotype), options);

    private static ModelProto Parse(byte[] bytes) => ModelProto.Parser.ParseFrom(bytes);

    private static float[] Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
}
