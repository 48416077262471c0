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
    /// <returns>The progress, or <see langword="null"/> if every step is done.</returns>
    internal static RunProgress? Of(Experiment experiment, IReadOnlyList<StepRecord> finished, Dictionary<string, long> stages)
    {
        string? step = ExperimentRunner.StepNames.FirstOrDefault(name => finished.All(record => record.Step != name));
        (long done, long total) = step switch
        {
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
