using NasEngine.Core.Jobs;

namespace NasEngine.Web.Contracts;

/// <summary>Names of job states as the service writes and reads them.</summary>
internal static class JobStateName
{
    /// <summary>Gets the names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<JobState>().Select(Of)];

    /// <summary>Gives the name of a state, such as <c>enqueued</c>.</summary>
    public static string Of(JobState state) => state switch
    {
        JobState.Awaiting => "awaiting",
        JobState.Scheduled => "scheduled",
        JobState.Enqueued => "enqueued",
        JobState.Processing => "processing",
        JobState.Succeeded => "succeeded",
        JobState.Failed => "failed",
        _ => "deleted",
    };

    /// <summary>Gives counts by the names of states.</summary>
    public static Dictionary<string, long> Counts(IReadOnlyDictionary<JobState, long> counts) => counts.ToDictionary(pair => Of(pair.Key), pair => pair.Value);
}
