namespace NasEngine.Core.Jobs;

/// <summary>What the states have in common.</summary>
public static class JobStates
{
    /// <summary>Says whether a job in this state has ended, unless someone enqueues it again.</summary>
    public static bool IsFinished(this JobState state) => state is JobState.Succeeded or JobState.Failed or JobState.Deleted;

    /// <summary>Says whether a job in this state has not begun yet.</summary>
    public static bool IsWaiting(this JobState state) => state is JobState.Awaiting or JobState.Scheduled or JobState.Enqueued;
}
