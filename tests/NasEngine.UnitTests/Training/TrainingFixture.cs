using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Testing.Networks;
using NasEngine.Training.DataSets;
using NasEngine.Training.Evaluation;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;

namespace NasEngine.UnitTests.Training;

/// <summary>A supernet small enough to train in a second, and images that it can learn: 12 × 12, stripes of four directions under noise.</summary>
internal static class TrainingFixture
{
    private const int Side = 12;
    private const int Classes = 4;

    public static SearchSpace Space { get; } = TestSpaces.Read("""
        {
          "name": "trained-tiny", "family": "mobile-cnn", "version": 1,
          "task": { "kind": "image-classification", "data": "fashion-mnist", "channels": 1, "classes": 4 },
          "dimensions": [
            { "name": "resolution", "choices": [8, 12] },
            { "name": "depth", "per": "stage", "choices": [1, 2] },
            { "name": "kernel", "per": "block", "choices": [3, 5] },
            { "name": "expand", "per": "block", "choices": [1, 2] },
            { "name": "width", "per": "stage", "choices": [0.5, 1] }
          ],
          "stem": { "channels": 8, "kernel": 3, "stride": 1 },
          "stages": [ { "channels": 8, "stride": 2 }, { "channels": 16, "stride": 2 } ],
          "head": { "channels": 16 },
          "channelMultiple": 4
        }
        """);

    public static ImageDataSet Data { get; } = new("stripes", ["rows", "columns", "down", "up"], Draw(256, 1), Draw(64, 2));

    public static DataSplit Split { get; } = DataSplit.Draw(Data, 64, 1);

    public static TrainingOptions Options { get; } = new() { Steps = 40, BatchSize = 16, WarmUpSteps = 4, LearningRate = 0.1, RandomSubnets = 1, Shift = 1, CheckpointEvery = 5 };

    public static Supernet CreateSupernet(SearchSpace? space = null) => Supernet.Create(space ?? Space, new SeedTree(1));

    public static SandwichTrainer CreateTrainer(Supernet supernet, TrainingOptions? options = null, long seed = 2) =>
        new(supernet, Data, Split, options ?? Options, new SeedTree(seed));

    public static SubnetEvaluator CreateEvaluator(Supernet supernet, int calibrationImages = 64) => new(supernet, Data, Split, calibrationImages, new SeedTree(3));

    /// <summary>Copies all weights, in order.</summary>
    public static float[][] Weights(Supernet supernet) => [.. supernet.Specs.Select(spec => Values(supernet[spec.Name]))];

    public static float[] Values(NasEngine.Torch.torch.Tensor tensor)
    {
        using NasEngine.Torch.DisposeScope scope = NasEngine.Torch.torch.NewDisposeScope();
        return tensor.detach().@float().contiguous().data<float>().ToArray();
    }

    private static LabelledImages Draw(int count, int seed)
    {
        Random random = new SeedTree(seed).CreateRandom();
        byte[] pixels = new byte[count * Side * Side];
        int[] labels = [.. Enumerable.Range(0, count).Select(image => image % Classes)];
        for (int index = 0; index < pixels.Length; index++)
        {
            (int image, int y, int x) = (index / (Side * Side), index / Side % Side, index % Side);
            int along = labels[image] switch { 0 => y, 1 => x, 2 => x + y, _ => x - y + Side };
            pixels[index] = (byte)((((along + (image / Classes)) / 2 % 2) * 120) + random.Next(100));
        }

        return new LabelledImages(1, Side, Side, pixels, labels);
    }
}
