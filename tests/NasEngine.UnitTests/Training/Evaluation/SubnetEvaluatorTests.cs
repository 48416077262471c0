using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Testing.Networks;
using NasEngine.Training.DataSets;
using NasEngine.Training.Evaluation;
using NasEngine.Training.Supernets;
using NasEngine.Onnx.Weights;

namespace NasEngine.UnitTests.Training.Evaluation;

internal sealed class SubnetEvaluatorTests
{
    private Supernet _supernet = null!;

    [SetUp]
    public void CreateSupernet() => _supernet = TrainingFixture.CreateSupernet();

    [TearDown]
    public void Free() => _supernet.Dispose();

    [Test]
    public void Validate_InAnyOrder_GivesTheSameScores()
    {
        Random random = new SeedTree(6).CreateRandom();
        Genotype[] subnets = [.. Enumerable.Range(0, 8).Select(_ => TrainingFixture.Space.Sample(random))];
        SubnetEvaluator evaluator = TrainingFixture.CreateEvaluator(_supernet);

        SubnetScore[] scores = [.. subnets.Select(evaluator.Validate)];
        SubnetScore[] backwards = [.. subnets.Reverse().Select(evaluator.Validate).Reverse()];

        Assert.That(backwards, Is.EqualTo(scores));
        Assert.That(subnets.Select(subnet => TrainingFixture.CreateEvaluator(_supernet).Validate(subnet)), Is.EqualTo(scores));
        Assert.That(scores.Select(score => score.Loss).Distinct().Count(), Is.EqualTo(subnets.Distinct().Count()));
        Assert.That(scores.Select(score => score.Images), Is.All.EqualTo(TrainingFixture.Split.Validation.Length));
    }

    [Test]
    public void Calibrate_WholeTrainingPart_GivesMeanAndVarianceOfTheFirstConvolution()
    {
        // All of the training part in one batch, so that the draw does not matter.
        int[] all = TrainingFixture.Split.Train.ToArray();
        Plan plan = TestSpaces.MobileCnn.Plan(TrainingFixture.Space, TrainingFixture.Space.Largest);
        IReadOnlyList<Operation> operations = ShapeReader.Trace(TestSpaces.MobileCnn, plan);
        WeightSlice kernel = operations[0].Weights[0], mean = operations[1].Weights[2], variance = operations[1].Weights[3];
        Image convolved = Convolve(kernel, all);
        using SubnetStatistics statistics = TrainingFixture.CreateEvaluator(_supernet, all.Length).Calibrate(TrainingFixture.Space.Largest);

        double[][] channels = [.. Enumerable.Range(0, convolved.Channels).Select(channel => ChannelOf(convolved, channel))];
        Assert.That(statistics.ToArray(mean), Is.EqualTo(channels.Select(values => values.Average())).Within(1e-5));
        Assert.That(statistics.ToArray(variance), Is.EqualTo(channels.Select(Variance)).Within(0.01).Percent);
    }

    [Test]
    public void Run_ImagesOfTheTestPart_GivesTheScoresThatPlainLoopsGive()
    {
        Genotype smallest = TrainingFixture.Space.Smallest;
        SubnetEvaluator evaluator = TrainingFixture.CreateEvaluator(_supernet);
        using SubnetStatistics statistics = evaluator.Calibrate(smallest);
        Plan plan = TestSpaces.MobileCnn.Plan(TrainingFixture.Space, smallest);
        Dictionary<string, ReadOnlyMemory<float>> full = _supernet.Specs.ToDictionary(spec => spec.Name, spec => (ReadOnlyMemory<float>)TrainingFixture.Values(_supernet[spec.Name]));
        Dictionary<string, ReadOnlyMemory<float>> measured = ShapeReader.Trace(TestSpaces.MobileCnn, plan).SelectMany(operation => operation.Weights)
            .Where(slice => !slice.Weight.IsTrained).ToDictionary(slice => slice.Weight.Name, slice => (ReadOnlyMemory<float>)statistics.ToArray(slice));

        (float[][] inputs, float[][] outputs) = evaluator.Run(smallest, statistics, [5, 0, 63]);

        float[] plain = ReferenceInterpreter.Run(TestSpaces.MobileCnn, plan, new ArrayWeightSource(full, measured), 3, inputs.SelectMany(image => image).ToArray());
        Assert.That(outputs.SelectMany(scores => scores), Is.EqualTo(plain).Within(1e-4));
    }

    private Image Convolve(WeightSlice kernel, int[] images)
    {
        float[] values = new float[images.Length * TrainingFixture.Data.Train.ImageSize];
        new BatchGatherer(TrainingFixture.Data, TrainingFixture.Data.Train).Gather(images, values);
        ArrayWeightSource weights = new(new Dictionary<string, ReadOnlyMemory<float>> { [kernel.Weight.Name] = TrainingFixture.Values(_supernet[kernel.Weight.Name]) });
        return new ReferenceInterpreter(weights).Conv2d(Image.From(images.Length, 1, 12, 12, values), kernel, bias: null, new ConvolutionShape(1, 1, 1));
    }

    private static double[] ChannelOf(Image image, int channel)
    {
        int area = image.Height * image.Width;
        return [.. Enumerable.Range(0, image.Batch * area).Select(index => image.Values[((((index / area) * image.Channels) + channel) * area) + (index % area)])];
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
