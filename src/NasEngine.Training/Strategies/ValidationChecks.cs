using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Training.DataSets;
using NasEngine.Training.Evaluation;
using NasEngine.Training.Supernets;

namespace NasEngine.Training.Strategies;

/// <summary>Looks now and then, while a supernet is trained, how good its largest and its smallest subnet are on held-out images.</summary>
/// <remarks>
/// When and on how many images is decided by the settings alone, never by a clock: the same training gives the same checks. Weights, gradients
/// and the random draws of the training are left as they are. Not thread-safe.
/// </remarks>
internal sealed class ValidationChecks
{
    // Of the training's work, counted in images that go through the largest and the smallest subnet.
    private const double Share = 0.02;

    // Forward, and backward to inputs and to weights.
    private const int PassesPerStep = 3;

    // What a subnet drawn at random costs, of the largest and the smallest together. On most spaces it is more.
    private const double DrawnCost = 0.25;

    private const int MostChecks = 50;
    private const int WantedImages = 640;
    private const int FewestImages = 160;
    private const int MostImages = 2560;

    private readonly Supernet _supernet;
    private readonly Func<SubnetEvaluator> _createEvaluator;
    private readonly long _steps;
    private SubnetEvaluator? _evaluator;

    /// <summary>Initializes the checks of a training.</summary>
    /// <param name="supernet">The supernet that is trained.</param>
    /// <param name="data">The data set.</param>
    /// <param name="split">Which of its images are held out; without any there are no checks.</param>
    /// <param name="options">The settings of the training.</param>
    /// <param name="interval">Checks are made after multiples of so many steps, and after the last.</param>
    /// <param name="seeds">The seeds of the draw of images.</param>
    public ValidationChecks(Supernet supernet, ImageDataSet data, DataSplit split, TrainingOptions options, int interval, SeedTree seeds)
    {
        (_supernet, _steps) = (supernet, options.Steps);
        double all = Share * options.Steps * options.BatchSize * PassesPerStep * (1 + (DrawnCost * options.RandomSubnets));
        int checks = (int)Math.Clamp(all / WantedImages, 1, MostChecks);
        int images = (int)Math.Clamp(all / checks, FewestImages, MostImages);
        long every = (_steps + checks - 1) / checks;
        Every = (every + interval - 1) / interval * interval;
        IsOn = split.Validation.Length > 0;
        _createEvaluator = () => new SubnetEvaluator(supernet, data, split.WithFewerHeldOut(data, images * 4 / 5, seeds), images / 5, seeds);
    }

    /// <summary>Gets the steps between two checks.</summary>
    public long Every { get; }

    private bool IsOn { get; }

    /// <summary>Tells whether a check is due after so many steps.</summary>
    public bool IsDue(long step) => IsOn && (step == _steps || (step % Every == 0 && _steps - step >= Every));

    /// <summary>Looks at the supernet as it is now.</summary>
    public ValidationCheck Check()
    {
        _evaluator ??= _createEvaluator();
        SubnetScore largest = _evaluator.Validate(_supernet.Space.Largest), smallest = _evaluator.Validate(_supernet.Space.Smallest);
        return new ValidationCheck(largest.Accuracy, smallest.Accuracy, largest.Images);
    }
}
