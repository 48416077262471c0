using NasEngine.Core.Objectives;

namespace NasEngine.Reports.Content;

/// <summary>Everything that the report of a run shows. Lists may be empty and nullable members null: the page says so in words.</summary>
public sealed record RunReport
{
    /// <summary>Gets the name that the user gave the run.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the run's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the searched space.</summary>
    public required SpaceSummary Space { get; init; }

    /// <summary>Gets the data set in words, such as <c>fashion-mnist, 50000 training and 10000 validation images</c>.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the seed of every random draw.</summary>
    public required long Seed { get; init; }

    /// <summary>Gets when the run was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets how long the run worked.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the command that repeats the run.</summary>
    public required string Command { get; init; }

    /// <summary>Gets the device that latencies hold on; <see langword="null"/> if none was used.</summary>
    public DeviceSummary? Device { get; init; }

    /// <summary>Gets the hard limits of the search.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>Gets what the search evaluated, in its order.</summary>
    public IReadOnlyList<EvaluatedNetwork> Evaluations { get; init; } = [];

    /// <summary>Gets the Pareto front, in any order.</summary>
    public IReadOnlyList<FrontNetwork> Front { get; init; } = [];

    /// <summary>Gets the hypervolume after so many evaluations, ascending.</summary>
    public IReadOnlyList<HypervolumeStep> Hypervolume { get; init; } = [];

    /// <summary>Gets the quality of each predictor on held-out architectures.</summary>
    public IReadOnlyList<PredictorQuality> Predictors { get; init; } = [];

    /// <summary>Gets the supernet's training; <see langword="null"/> if nothing was trained.</summary>
    public TrainingCurve? Training { get; init; }

    /// <summary>Gets the genotype of the network that the run recommends, one of the front; <see langword="null"/> if none.</summary>
    public string? Chosen { get; init; }

    /// <summary>Gets the recommended network to draw; <see langword="null"/> if the family has no network.</summary>
    public NetworkDrawing? ChosenDrawing { get; init; }

    /// <summary>Gets how inherited accuracies order networks that were also trained alone; <see langword="null"/> if not tried.</summary>
    public StandAloneAgreement? StandAlone { get; init; }
}
