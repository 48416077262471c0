using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Onnx.Format;
using NasEngine.Onnx.Graph;
using NasEngine.Onnx.Weights;

namespace NasEngine.UnitTests.Onnx;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OnnxReaderTests
{
    private static readonly ConvolutionShape Pointwise = new(1, 0, 1);

    private static readonly WeightSlice Kernel = new WeightSpec("layer.weight", [2, 2, 1, 1], WeightRole.ConvolutionKernel).Leading(2, 2, 1, 1);

    private readonly OnnxGraph _graph = new();

    [Test]
    public void BatchNorm_OfAConvolutionThatIsReadElsewhereToo_KeepsBoth()
    {
        OnnxReader reader = new(_graph, new RandomWeightSource(1), foldBatchNorm: true);
        OnnxValue convolved = reader.Conv2d(_graph.AddInput("input", [2, 4, 4]), Kernel, null, Pointwise);
        reader.Finish(reader.Add(reader.BatchNorm(convolved, Norm(), 1e-5), convolved), "logits");
        Assert.That(_graph.Proto.Node.Select(Show), Is.EqualTo(new[]
        {
            "layer = Conv(input, layer.weight, layer.bias)", "layer_2 = Conv(input, layer.weight_2)", "logits = Add(layer, layer_2)",
        }));
    }

    [Test]
    public void BatchNorm_WithoutAConvolutionBeforeIt_IsWritten()
    {
        OnnxReader reader = new(_graph, new RandomWeightSource(1), foldBatchNorm: true);
        reader.Finish(reader.BatchNorm(_graph.AddInput("input", [2, 4, 4]), Norm(), 1e-5), "logits");
        Assert.That(_graph.Proto.Node.Select(node => node.OpType), Is.EqualTo(new[] { "BatchNormalization" }));
    }

    [Test]
    public void Conv2d_TheSameWeightTwice_IsStoredOnce()
    {
        OnnxReader reader = new(_graph, new RandomWeightSource(1), foldBatchNorm: true);
        OnnxValue once = reader.Conv2d(_graph.AddInput("input", [2, 4, 4]), Kernel, null, Pointwise);
        WeightSlice again = Kernel.Weight.Leading(2, 2, 1, 1);
        reader.Finish(reader.Activate(reader.Conv2d(once, again, null, Pointwise), Activation.Relu), "logits");
        Assert.That(_graph.Proto.Initializer.Select(tensor => tensor.Name), Is.EqualTo(new[] { "layer.weight" }));
        Assert.That(_graph.Proto.Node.Select(Show), Is.EqualTo(new[]
        {
            "layer = Conv(input, layer.weight)", "layer_2 = Conv(layer, layer.weight)", "logits = Relu(layer_2)",
        }));
    }

    [Test]
    public void Linear_WithoutBias_HasTwoInputs()
    {
        OnnxReader reader = new(_graph, new RandomWeightSource(1), foldBatchNorm: true);
        WeightSlice matrix = new WeightSpec("out.weight", [3, 2], WeightRole.LinearMatrix).Leading(3, 2);
        reader.Finish(reader.Linear(reader.GlobalAveragePool(_graph.AddInput("input", [2, 4, 4])), matrix, null), "logits");
        Assert.That(_graph.Proto.Node.Select(Show), Is.EqualTo(new[]
        {
            "pool = GlobalAveragePool(input)", "pool.flat = Flatten(pool)", "logits = Gemm(pool.flat, out.weight)",
        }));
    }

    private static string Show(NodeProto node) => $"{node.Output[0]} = {node.OpType}({string.Join(", ", node.Input)})";

    private static BatchNormSlice Norm() => new(Vector("weight", WeightRole.NormGain), Vector("bias", WeightRole.NormBias), Vector("running_mean", WeightRole.RunningMean), Vector("running_var", WeightRole.RunningVariance));

    private static WeightSlice Vector(string name, WeightRole role) => new WeightSpec($"layer.norm.{name}", [2], role).Leading(2);
}
