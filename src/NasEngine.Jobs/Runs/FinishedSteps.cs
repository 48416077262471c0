using NasEngine.Core.Runs;

namespace NasEngine.Jobs.Runs;

/// <summary>Says which steps of a run are done.</summary>
internal static class FinishedSteps
{
    /// <summary>The key of a step that was done with another budget, and is to be looked at again.</summary>
    public const string Reopened = "budget changed";

    /// <summary>Tells whether a step is done, by its record.</summary>
    public static bool IsDone(this IReadOnlyList<StepRecord> finished, string step) => finished.Any(record => record.Step == step && record.Key != Reopened);

    /// <summary>Gives the step that a run is at: the first that is wanted and not done; <see langword="null"/> if there is none.</summary>
    public static string? Current(this IReadOnlyList<StepRecord> finished, string? until)
    {
        IReadOnlySet<string> wanted = ExperimentRunner.StepsUntil(until);
        return ExperimentRunner.StepNames.FirstOrDefault(name => wanted.Contains(name) && !finished.IsDone(name));
    }
}
