using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search;
using NasEngine.Training.Strategies;

namespace NasEngine.Jobs.Experiments;

/// <summary>Everything that decides what a run does, with every default filled in.</summary>
public sealed record Experiment
{
    /// <summary>Gets the file it was read from, for messages and for the command that repeats the run.</summary>
    public required string File { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the search space.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>Gets the space file's text.</summary>
    public required string SpaceText { get; init; }

    /// <summary>Gets the experiment as self-contained JSON, the space inside: what a run keeps, and can be read again.</summary>
    public string Document { get; init; } = string.Empty;

    /// <summary>Gets the seed of every random draw.</summary>
    public required long Seed { get; init; }

    /// <summary>Gets what is made better; the space's objectives unless the experiment has its own.</summary>
    public required IReadOnlyList<Objective> Objectives { get; init; }

    /// <summary>Gets the hard limits; the space's unless the experiment has its own.</summary>
    public required IReadOnlyList<Constraint> Constraints { get; init; }

    /// <summary>Gets what to train and evaluate on.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>Gets how the supernet is trained.</summary>
    public required TrainingOptions Train { get; init; }

    /// <summary>Gets what is measured to fit latency predictors.</summary>
    public required ProfileOptions Profile { get; init; }

    /// <summary>Gets what is evaluated to fit accuracy predictors.</summary>
    public required FitOptions Fit { get; init; }

    /// <summary>Gets how the space is searched.</summary>
    public required SearchOptions Search { get; init; }

    /// <summary>Gets which network is exported.</summary>
    public required ExportOptions Export { get; init; }

    /// <summary>Gets the search problem.</summary>
    public SearchProblem Problem => new(Space, Objectives, Constraints);

    /// <summary>Gets the names of the devices that objectives and limits speak of, each once.</summary>
    public IReadOnlyList<string> Devices =>
        [.. Objectives.Select(objective => objective.Key.Device).Concat(Constraints.Select(constraint => constraint.Key.Device)).OfType<string>().Distinct(StringComparer.Ordinal)];
}

/// <summary>What to train and evaluate on.</summary>
/// <param name="Name">A data set's name, or the path of a folder.</param>
/// <param name="Validation">Training images held out to choose architectures by.</param>
/// <param name="Calibration">Training images that a subnet's batch statistics are measured on.</param>
/// <param name="Size">Height and width to which the images of a folder are scaled, or <see langword="null"/>.</param>
public sealed record DataOptions(string Name, int Validation, int Calibration, int? Size);

/// <summary>What is measured to fit latency predictors.</summary>
/// <param name="Architectures">How many architectures are measured on each device.</param>
/// <param name="Devices">What stands behind a device's name, such as <c>local:threads=2</c> or <c>replay:FILE</c>; a name without an entry stands for itself.</param>
/// <param name="TimeLimitMilliseconds">The longest that one network is measured.</param>
public sealed record ProfileOptions(int Architectures, IReadOnlyDictionary<string, string> Devices, double TimeLimitMilliseconds);

/// <summary>What is evaluated to fit accuracy predictors, and with what.</summary>
/// <param name="Architectures">How many subnets are evaluated on the validation part.</param>
/// <param name="HeldOut">The share of architectures that predictors are judged by before they are fitted on all.</param>
/// <param name="Accuracy">The predictor of accuracy and loss.</param>
/// <param name="Latency">The predictor of latency.</param>
public sealed record FitOptions(int Architectures, double HeldOut, string Accuracy, string Latency);

/// <summary>How the space is searched.</summary>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Evaluations">How many architectures are predicted.</param>
/// <param name="Verify">How many of the predicted front are evaluated and measured.</param>
/// <param name="Options">The algorithm's settings.</param>
public sealed record SearchOptions(string Algorithm, int Evaluations, int Verify, SearchAlgorithmOptions Options);

/// <summary>Which network is exported.</summary>
/// <param name="Pick"><c>best</c>, <c>fastest</c>, or a number in the front.</param>
/// <param name="File">The file's name in the run's folder.</param>
/// <param name="Images">How many test images the model is checked on.</param>
public sealed record ExportOptions(string Pick, string File, int Images);
