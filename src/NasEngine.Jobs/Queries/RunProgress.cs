using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Queries;

/// <summary>How far the step is that a run is at.</summary>
/// <param name="Step">The first step that is not done.</param>
/// <param name="Done">How many of its units are done; 0 where the store does not tell.</param>
/// <param name="Total">How many there are; 1 where the step is one unit.</param>
public sealed record RunProgress(string Step, long Done, long Total)
{
    /// <summary>Tells from what is stored how far a run is.</summary>
    /// <param name="experiment">What the run does.</param>
    /// <param name="until">The step that it is to stop after, or <see langword="null"/>.</param>
    /// <param name="finished">The steps that are done.</param>
    /// <param name="stages">How many evaluations each stage has.</param>
    /// <param name="trained">The last step of its training curve; 0 without one.</param>
    /// <returns>The progress, or <see langword="null"/> if every step is done.</returns>
    internal static RunProgress? Of(Experiment experiment, string? until, IReadOnlyList<StepRecord> finished, Dictionary<string, long> stages, long trained)
    {
        string? step = finished.Current(until);
        (long done, long total) = step switch
        {
            "train" => (trained, experiment.Train.Steps),
            "sample" => (stages.GetValueOrDefault(SampleStep.Stage), experiment.Fit.Architectures),
            "search" => (stages.GetValueOrDefault(SearchStep.Stage), experiment.Search.Evaluations),
            "verify" => (stages.GetValueOrDefault(VerifyStep.ScoreStage), experiment.Search.Verify),
            _ => (0L, 1L),
        };
        return step is null ? null : new RunProgress(step, Math.Min(done, total), total);
    }
}

/// <summary>Names of run states as the service writes and reads them.</summary>
public static class RunStateName
{
    /// <summary>Gives the name of a state, such as <c>running</c>.</summary>
    public static string Of(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Stopped => "stopped",
        RunState.Failed => "failed",
        _ => "done",
    };
}
