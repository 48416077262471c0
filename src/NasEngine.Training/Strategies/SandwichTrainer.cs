using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Weights;
using NasEngine.Training.DataSets;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.Strategies;

/// <summary>Trains a supernet by the sandwich rule with in-place distillation.</summary>
/// <remarks>
/// Yu and Huang, Universally Slimmable Networks and Improved Training Techniques, ICCV 2019, §3.2 and §3.3: each step trains the largest
/// subnet on the labels, the smallest and some random ones on the largest's scores, and sums their gradients.
/// A step depends on the weights, the optimiser's state and the step's number alone, so training that stops after any checkpoint
/// goes on as if it had not stopped. Not thread-safe.
/// </remarks>
public sealed class SandwichTrainer : IDisposable
{
    /// <summary>Steps between two points of the curve.</summary>
    private const int CurveEvery = 10;

    private readonly Supernet _supernet;
    private readonly TrainingOptions _options;
    private readonly SeedTree _seeds;
    private readonly BatchOrder _order;
    private readonly ImageBatches _batches;
    private readonly optim.Optimizer _optimizer;
    private readonly Plan _largest;
    private readonly Plan _smallest;
    private readonly ValidationChecks _checks;
    private readonly List<TrainingPoint> _curve = [];

    /// <summary>Initializes a trainer at step 0.</summary>
    /// <param name="supernet">The supernet to train.</param>
    /// <param name="data">The data set.</param>
    /// <param name="split">Which training images to train on.</param>
    /// <param name="options">The settings.</param>
    /// <param name="seeds">The seeds of batches, augmentation and subnets.</param>
    /// <exception cref="UsageException">The data set does not fit the space's task, or has fewer images than a batch.</exception>
    public SandwichTrainer(Supernet supernet, ImageDataSet data, DataSplit split, TrainingOptions options, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        TaskCheck.Require(supernet.Space, data);
        if (split.Train.Length < options.BatchSize)
        {
            throw new UsageException($"A batch of {options.BatchSize} images cannot be drawn from {split.Train.Length} training images of {data.Name}.");
        }

        (_supernet, _options, _seeds) = (supernet, options, seeds);
        _order = new BatchOrder(split.Train, options.BatchSize, seeds.Child("batches"));
        _batches = new ImageBatches(data, data.Train, supernet.Device);
        _optimizer = CreateOptimizer(supernet, options);
        _largest = supernet.Family.Plan(supernet.Space, supernet.Space.Largest);
        _smallest = supernet.Family.Plan(supernet.Space, supernet.Space.Smallest);
        _checks = new ValidationChecks(supernet, data, split, options, CurveEvery, seeds.Child("checks"));
    }

    /// <summary>Gets the number of steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Gets whether all steps are done.</summary>
    public bool IsDone => Step >= _options.Steps;

    /// <summary>Gets the training curve so far: a point every 10 steps and one for the last.</summary>
    public IReadOnlyList<TrainingPoint> Curve => _curve;

    /// <summary>Gets the optimiser's state by name, for a checkpoint.</summary>
    internal IReadOnlyDictionary<string, Tensor> OptimizerState => _optimizer.state_dict();

    /// <summary>Does one step.</summary>
    /// <returns>The point of the curve that the step added, or <see langword="null"/>.</returns>
    /// <exception cref="WorkFailedException">The loss is no longer a number.</exception>
    public TrainingPoint? Advance()
    {
        TrainingPoint? point = TakeStep();
        if (point is not null)
        {
            point = _checks.IsDue(Step) ? point with { Validation = _checks.Check() } : point;
            _curve.Add(point);
        }

        return point;
    }

    /// <summary>Sets the trainer to a checkpoint's state; the supernet's weights are set by its reader.</summary>
    internal void Restore(long step, IReadOnlyDictionary<string, Tensor> optimizerState, IEnumerable<TrainingPoint> curve)
    {
        _optimizer.load_state_dict(optimizerState);
        Step = step;
        _curve.Clear();
        _curve.AddRange(curve);
    }

    /// <summary>Frees the optimiser's state.</summary>
    public void Dispose() => _optimizer.Dispose();

    private static optim.Optimizer CreateOptimizer(Supernet supernet, TrainingOptions options)
    {
        // Gains and biases are not decayed: Goyal et al. 2017, §5.3, and every mobile recipe since.
        Tensor[] decayed = [.. supernet.Specs.Where(IsDecayed).Select(spec => supernet[spec.Name])];
        Tensor[] free = [.. supernet.Specs.Where(spec => !IsDecayed(spec)).Select(spec => supernet[spec.Name])];
        optim.ParamGroup[] groups = [new(decayed, weight_decay: options.WeightDecay), new(free, weight_decay: 0)];
        return options.Optimizer switch
        {
            "sgd" => optim.SGD(groups, options.LearningRate, options.Momentum, nesterov: options.Momentum > 0),
            "adamw" => optim.AdamW(groups, options.LearningRate),
            _ => throw UsageException.UnknownName("optimiser", options.Optimizer, ["sgd", "adamw"]),
        };
    }

    private static bool IsDecayed(WeightSpec spec) => spec.Role is WeightRole.ConvolutionKernel or WeightRole.LinearMatrix;

    private TrainingPoint? TakeStep()
    {
        using DisposeScope scope = NewDisposeScope();
        double rate = LearningRateAt(Step);
        foreach (optim.ParamGroup group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        bool noted = (Step + 1) % CurveEvery == 0 || Step + 1 == _options.Steps;
        BatchAugmentation? augmentation = _options.Flip || _options.Shift > 0 ? _order.Augmentation(Step, _options.Shift, _options.Flip) : null;
        (Tensor images, Tensor labels) = _batches.Take(_order.Batch(Step), augmentation);
        _optimizer.zero_grad();

        Tensor logits = Forward(_largest, images);
        Tensor loss = functional.cross_entropy(logits, labels, label_smoothing: _options.LabelSmoothing);
        loss.backward();
        double largestLoss = noted ? loss.item<float>() : 0;
        Tensor scores = _options.Distill ? logits.detach().softmax(1) : labels;

        double smallestLoss = TrainOn(_smallest, images, scores, noted);
        double randomLoss = 0;
        SearchSpace space = _supernet.Space;
        Random random = _seeds.Child("subnets").Child(Step).CreateRandom();
        for (int index = 0; index < _options.RandomSubnets; index++)
        {
            randomLoss += TrainOn(_supernet.Family.Plan(space, space.Sample(random)), images, scores, noted) / _options.RandomSubnets;
        }

        if (_options.ClipNorm > 0)
        {
            nn.utils.clip_grad_norm_(_supernet.Specs.Select(spec => _supernet[spec.Name]), _options.ClipNorm);
        }

        _optimizer.step();
        Step++;
        return noted ? Note(rate, largestLoss, smallestLoss, _options.RandomSubnets > 0 ? randomLoss : null) : null;
    }

    private double LearningRateAt(long step)
    {
        if (step < _options.WarmUpSteps)
        {
            return _options.LearningRate * (step + 1) / _options.WarmUpSteps;
        }

        double progress = (double)(step - _options.WarmUpSteps) / Math.Max(1, _options.Steps - _options.WarmUpSteps);
        return _options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
    }

    private double TrainOn(Plan plan, Tensor images, Tensor target, bool noted)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = functional.cross_entropy(Forward(plan, images), target);
        loss.backward();
        return noted ? loss.item<float>() : 0;
    }

    private Tensor Forward(Plan plan, Tensor images)
    {
        Tensor input = ImageBatches.Resize(images, plan.InputShape[1]);
        if (!_options.Bfloat16)
        {
            return _supernet.Family.Read(new TorchReader(_supernet, Normalisation.OfBatch), plan, input);
        }

        using IDisposable mixed = autocast(_supernet.Device, ScalarType.BFloat16);
        return _supernet.Family.Read(new TorchReader(_supernet, Normalisation.OfBatch), plan, input).@float();
    }

    private TrainingPoint Note(double rate, double largest, double smallest, double? random)
    {
        if (!double.IsFinite(largest) || !double.IsFinite(smallest))
        {
            throw new WorkFailedException($"Training diverged at step {Step}: the loss is {largest}. Lower the learning rate ({_options.LearningRate}) or lengthen the warm-up.");
        }

        return new TrainingPoint(Step, rate, largest, smallest, random);
    }
}
