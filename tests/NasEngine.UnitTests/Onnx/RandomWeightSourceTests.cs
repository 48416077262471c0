using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Onnx.Weights;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Onnx;

internal sealed class RandomWeightSourceTests
{
    private static readonly WeightSlice Kernel = new WeightSpec("layer.weight", [64, 32, 3, 3], WeightRole.ConvolutionKernel).Leading(64, 32, 3, 3);

    [Test]
    public void Read_Kernel_HasVarianceOneOverFanIn()
    {
        float[] values = new RandomWeightSource(1).Read(Kernel).ToArray();
        double mean = values.Average(value => (double)value), variance = values.Average(value => (value - mean) * (value - mean));
        Assert.That(mean, Is.EqualTo(0).Within(0.002));
        Assert.That(variance, Is.EqualTo(1.0 / (32 * 9)).Within(5).Percent);
    }

    [Test]
    public void Read_SameSeed_GivesSameValues()
    {
        Assert.That(new RandomWeightSource(1).Read(Kernel).ToArray(), Is.EqualTo(new RandomWeightSource(1).Read(Kernel).ToArray()));
    }

    [Test]
    public void Read_OtherSeedOrName_GivesOtherValues()
    {
        WeightSlice other = new WeightSpec("other.weight", [64, 32, 3, 3], WeightRole.ConvolutionKernel).Leading(64, 32, 3, 3);
        Assert.That(new RandomWeightSource(2).Read(Kernel).ToArray(), Is.Not.EqualTo(new RandomWeightSource(1).Read(Kernel).ToArray()));
        Assert.That(new RandomWeightSource(1).Read(other).ToArray(), Is.Not.EqualTo(new RandomWeightSource(1).Read(Kernel).ToArray()));
    }

    [Test]
    public void Read_AllWeightsOfTheLargestSubnet_AreFarFromDenormal()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        RandomWeightSource source = new(3);
        IEnumerable<WeightSlice> slices = ShapeReader.Trace(TestSpaces.MobileCnn, TestSpaces.MobileCnn.Plan(space, space.Largest)).SelectMany(operation => operation.Weights);
        Assert.That(slices.SelectMany(slice => source.Read(slice).ToArray()).Min(Math.Abs), Is.GreaterThan(1e-6f));
    }

    [Test]
    public void Read_DeepestNetworkThatAFamilyAllows_GivesFiniteScores()
    {
        string stages = string.Join(", ", Enumerable.Repeat("{ \"channels\": 4, \"stride\": 1 }", 16));
        SearchSpace space = TestSpaces.Read($$"""
            { "name": "deep", "family": "mobile-cnn", "task": { "kind": "image-classification", "data": "d", "channels": 1, "classes": 2 },
              "dimensions": [ { "name": "resolution", "choices": [8] }, { "name": "depth", "choices": [16] } ],
              "stem": { "channels": 4 }, "stages": [ {{stages}} ], "head": { "channels": 4 }, "channelMultiple": 1 }
            """);
        Plan plan = TestSpaces.MobileCnn.Plan(space, space.Largest);
        float[] scores = ReferenceInterpreter.Run(TestSpaces.MobileCnn, plan, new RandomWeightSource(5), 1, RandomWeights.Images(plan, 1, 5));
        Assert.That(scores.Max(Math.Abs), Is.InRange(1e-3, 1e20));
    }

    [Test]
    public void Read_LargestSubnet_GivesScoresOfModerateSize()
    {
        SearchSpace space = TestSpaces.FashionMobile();
        Plan plan = TestSpaces.MobileCnn.Plan(space, space.Largest);
        float[] scores = ReferenceInterpreter.Run(TestSpaces.MobileCnn, plan, new RandomWeightSource(4), 1, RandomWeights.Images(plan, 1, 4));
        Assert.That(scores.Max(Math.Abs), Is.InRange(0.01, 100));
    }
}
