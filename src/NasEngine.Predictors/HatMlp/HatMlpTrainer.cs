using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Numerics.Statistics;
using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.Predictors.HatMlp;

/// <summary>[HAT]'s latency predictor as its authors train it, to compare others with: slow, and not robust to disturbed measurements.</summary>
/// <remarks>
/// Features over their greatest value; 400 ReLU neurons in each of four layers and one output; squared error of the latency over its mean;
/// Adam at 1e-5, batches of 128, 5,000 steps; no validation.
/// </remarks>
internal sealed class HatMlpTrainer(HatMlpOptions options) : IPredictorTrainer
{
    public const string TrainerName = "mlp-hat";

    public HatMlpTrainer()
        : this(new HatMlpOptions())
    {
    }

    public string Name => TrainerName;

    public string Description => "The network of HAT's latency predictor with its training, for comparison only.";

    public TrainerTraits Traits => TrainerTraits.ForComparison;

    public double Effort(int rows, int columns) => 1.5e-8 * options.Steps * options.HiddenLayers * options.Width * options.Batch;

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets) => null;

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        int columns = table.Columns.Length;
        double[] divisors = new double[columns];
        for (int index = 0; index < table.Values.Length; index++)
        {
            divisors[index % columns] = Math.Max(divisors[index % columns], Math.Abs(table.Values[index]));
        }

        divisors = [.. divisors.Select(divisor => divisor > 0 ? divisor : 1)];
        double scale = Descriptive.Mean([.. values.Select(Math.Abs)]) is > 0 and double mean ? mean : 1;
        float[] inputs = new float[table.Values.Length];
        for (int index = 0; index < inputs.Length; index++)
        {
            inputs[index] = (float)(table.Values[index] / divisors[index % columns]);
        }

        float[][] layers = Train(inputs, [.. values.Select(value => (float)(value / scale))], columns, new SeedTree(seed).Child("mlp").CreateRandom());
        return new HatMlpPredictor(table.Columns, divisors, scale, options.Width, layers);
    }

    private float[][] Train(float[] inputs, float[] targets, int columns, Random random)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] sizes = [columns, .. Enumerable.Repeat(options.Width, options.HiddenLayers), 1];
        (Tensor Weight, Tensor Bias)[] layers = [.. Enumerable.Range(0, sizes.Length - 1).Select(layer => (
            Drawn(random, sizes[layer], sizes[layer + 1], sizes[layer]), Drawn(random, sizes[layer], sizes[layer + 1])))];
        using optim.Optimizer optimiser = optim.Adam(layers.SelectMany(layer => new[] { layer.Weight, layer.Bias }), options.LearningRate);
        int batch = Math.Min(options.Batch, targets.Length);
        int[] order = [.. Enumerable.Range(0, targets.Length)];
        int next = order.Length;
        float[] rows = new float[batch * columns];
        float[] wanted = new float[batch];
        for (int step = 0; step < options.Steps; step++)
        {
            if (next + batch > order.Length)
            {
                random.Shuffle(order);
                next = 0;
            }

            for (int place = 0; place < batch; place++, next++)
            {
                inputs.AsSpan(order[next] * columns, columns).CopyTo(rows.AsSpan(place * columns));
                wanted[place] = targets[order[next]];
            }

            using DisposeScope inner = NewDisposeScope();
            Tensor hidden = tensor(rows, [batch, columns]);
            for (int layer = 0; layer < layers.Length; layer++)
            {
                hidden = nn.functional.linear(hidden, layers[layer].Weight, layers[layer].Bias);
                hidden = layer == layers.Length - 1 ? hidden : hidden.relu();
            }

            optimiser.zero_grad();
            nn.functional.mse_loss(hidden, tensor(wanted, [batch, 1])).backward();
            optimiser.step();
        }

        return [.. layers.Select(layer => (float[])[.. layer.Weight.detach().data<float>().ToArray(), .. layer.Bias.detach().data<float>().ToArray()])];
    }

    // PyTorch's start of a linear layer: uniform within one over the root of its inputs, biases too.
    private static Tensor Drawn(Random random, int inputs, params long[] shape)
    {
        double bound = 1 / Math.Sqrt(inputs);
        float[] values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = (float)(bound * ((2 * random.NextDouble()) - 1));
        }

        return tensor(values, shape).requires_grad_();
    }
}
