using System.ComponentModel.DataAnnotations;

namespace NasEngine.Training.Strategies;

/// <summary>Settings of the training of a supernet. Checked where they are read; ranges are those of the attributes.</summary>
public sealed record TrainingOptions
{
    /// <summary>Gets the number of training steps; each trains the largest, the smallest and <see cref="RandomSubnets"/> other subnets on one batch. 1,000 unless set.</summary>
    [Range(1, 100_000_000)]
    public int Steps { get; init; } = 1000;

    /// <summary>Gets the images in a batch. 64 unless set.</summary>
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Gets the optimiser: <c>sgd</c> with Nesterov's momentum, or <c>adamw</c>.</summary>
    [AllowedValues("sgd", "adamw")]
    public string Optimizer { get; init; } = "sgd";

    /// <summary>Gets the highest learning rate; warmed up to linearly, then down to 0 along a cosine. 0.1 unless set.</summary>
    [Range(1e-8, 100.0)]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Gets the steps over which the learning rate rises. 50 unless set.</summary>
    [Range(0, 100_000_000)]
    public int WarmUpSteps { get; init; } = 50;

    /// <summary>Gets the momentum of <c>sgd</c>. 0.9 unless set.</summary>
    [Range(0.0, 0.9999)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Gets the weight decay of kernels and matrices; gains and biases have none. 3e-5 unless set (once-for-all's).</summary>
    [Range(0.0, 10.0)]
    public double WeightDecay { get; init; } = 3e-5;

    /// <summary>Gets the share of a label that goes to all classes alike. 0 unless set.</summary>
    [Range(0.0, 0.99)]
    public double LabelSmoothing { get; init; }

    /// <summary>Gets the largest norm of all gradients together; larger ones are scaled down. 0 switches it off. 5 unless set.</summary>
    [Range(0.0, 1e9)]
    public double ClipNorm { get; init; } = 5;

    /// <summary>Gets the number of subnets drawn at random in each step beside the largest and the smallest. 2 unless set.</summary>
    [Range(0, 64)]
    public int RandomSubnets { get; init; } = 2;

    /// <summary>Gets whether the other subnets learn the largest one's scores rather than the labels: in-place distillation.</summary>
    public bool Distill { get; init; } = true;

    /// <summary>Gets whether images are mirrored at random.</summary>
    public bool Flip { get; init; }

    /// <summary>Gets by how many pixels at most images are shifted at random. 0 unless set.</summary>
    [Range(0, 64)]
    public int Shift { get; init; }

    /// <summary>Gets the steps between two checkpoints. 200 unless set.</summary>
    [Range(1, 100_000_000)]
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Gets whether the forward pass runs in bfloat16 where that is safe.</summary>
    public bool Bfloat16 { get; init; }

    /// <summary>Gets where to train: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Gets the threads of the processor to use; 0 for one on each of its cores. Another number sums in another order, so results differ in the last digits.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }
}
