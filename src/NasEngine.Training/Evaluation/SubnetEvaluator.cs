using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Training.DataSets;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.Evaluation;

/// <summary>Accuracy of a subnet with inherited weights.</summary>
/// <param name="Accuracy">Share of images whose class has the highest score.</param>
/// <param name="Loss">Mean cross-entropy, in nats.</param>
/// <param name="Images">How many images were looked at.</param>
public sealed record SubnetScore(double Accuracy, double Loss, int Images);

/// <summary>Evaluates subnets of a trained supernet: measures batch statistics for each, then scores it.</summary>
/// <remarks>The same architecture always gets the same score: calibration images are drawn by the seed, not by the order of calls. Not thread-safe.</remarks>
public sealed class SubnetEvaluator
{
    private const int BatchSize = 256;

    private readonly Supernet _supernet;
    private readonly ImageDataSet _data;
    private readonly DataSplit _split;
    private readonly ImageBatches _train;
    private readonly ImageBatches _test;
    private readonly int[][] _calibration;

    /// <summary>Initializes the evaluator.</summary>
    /// <param name="supernet">The supernet.</param>
    /// <param name="data">The data set it was trained on.</param>
    /// <param name="split">The split it was trained with.</param>
    /// <param name="calibrationImages">How many training images the statistics are measured on; at least 2.</param>
    /// <param name="seeds">The seeds of the draw of these images.</param>
    public SubnetEvaluator(Supernet supernet, ImageDataSet data, DataSplit split, int calibrationImages, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentOutOfRangeException.ThrowIfLessThan(calibrationImages, 2);
        TaskCheck.Require(supernet.Space, data);
        (_supernet, _data, _split) = (supernet, data, split);
        (_train, _test) = (new ImageBatches(data, data.Train, supernet.Device), new ImageBatches(data, data.Test, supernet.Device));
        int[] drawn = split.Train.ToArray();
        seeds.Child("calibration").CreateRandom().Shuffle(drawn);
        _calibration = [.. drawn.Take(calibrationImages).Chunk(BatchSize).Where(chunk => chunk.Length > 1)];
    }

    /// <summary>Measures the statistics of a subnet's normalisations on training images.</summary>
    public SubnetStatistics Calibrate(Genotype genotype)
    {
        using IDisposable noGradients = no_grad();
        Plan plan = _supernet.Family.Plan(_supernet.Space, genotype);
        CalibratingNormalisation normalisation = new();
        foreach (int[] chunk in _calibration)
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor images, _) = _train.Take(chunk);
            _supernet.Family.Read(new TorchReader(_supernet, normalisation), plan, ImageBatches.Resize(images, plan.InputShape[1]));
            normalisation.Batch++;
        }

        return normalisation.ToStatistics();
    }

    /// <summary>Scores a subnet on the held-out validation part.</summary>
    public SubnetScore Validate(Genotype genotype)
    {
        using SubnetStatistics statistics = Calibrate(genotype);
        return Score(genotype, statistics, _train, _split.Validation);
    }

    /// <summary>Scores a subnet on the test part. For reports only: nothing may be chosen by it.</summary>
    public SubnetScore Test(Genotype genotype)
    {
        using SubnetStatistics statistics = Calibrate(genotype);
        return Score(genotype, statistics, _test, Enumerable.Range(0, _data.Test.Count).ToArray());
    }

    /// <summary>Computes the class scores of images of the test part.</summary>
    /// <param name="genotype">The subnet.</param>
    /// <param name="statistics">Its statistics.</param>
    /// <param name="indices">Which test images.</param>
    /// <returns>For each image what goes into the network, <c>[channels × height × width]</c> row-major, and the scores that come out.</returns>
    public (float[][] Inputs, float[][] Outputs) Run(Genotype genotype, SubnetStatistics statistics, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        using IDisposable noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Plan plan = _supernet.Family.Plan(_supernet.Space, genotype);
        Tensor input = ImageBatches.Resize(_test.Take(indices).Images, plan.InputShape[1]);
        Tensor output = Forward(plan, statistics, input);
        return (Rows(input), Rows(output));
    }

    private static float[][] Rows(Tensor batch)
    {
        Tensor flat = batch.cpu().contiguous();
        float[] values = flat.data<float>().ToArray();
        return [.. values.Chunk(values.Length / (int)batch.size(0))];
    }

    private SubnetScore Score(Genotype genotype, SubnetStatistics statistics, ImageBatches batches, ReadOnlyMemory<int> indices)
    {
        using IDisposable noGradients = no_grad();
        Plan plan = _supernet.Family.Plan(_supernet.Space, genotype);
        (long right, double loss) = (0, 0);
        for (int start = 0; start < indices.Length; start += BatchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            ReadOnlySpan<int> chunk = indices.Span.Slice(start, Math.Min(BatchSize, indices.Length - start));
            (Tensor images, Tensor labels) = batches.Take(chunk);
            Tensor logits = Forward(plan, statistics, ImageBatches.Resize(images, plan.InputShape[1]));
            right += logits.argmax(1).eq(labels).sum().item<long>();
            loss += functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).item<float>();
        }

        return new SubnetScore((double)right / Math.Max(1, indices.Length), loss / Math.Max(1, indices.Length), indices.Length);
    }

    private Tensor Forward(Plan plan, SubnetStatistics statistics, Tensor input) =>
        _supernet.Family.Read(new TorchReader(_supernet, new FixedNormalisation(statistics)), plan, input);
}
