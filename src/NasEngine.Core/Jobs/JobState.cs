namespace NasEngine.Core.Jobs;

/// <summary>How far a background job is.</summary>
public enum JobState
{
    /// <summary>It waits until the jobs that it continues have succeeded.</summary>
    Awaiting,

    /// <summary>It waits for its moment: a retry, or work that was put off.</summary>
    Scheduled,

    /// <summary>It waits for a worker that serves its queue.</summary>
    Enqueued,

    /// <summary>A worker is at it.</summary>
    Processing,

    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>It failed as often as it may. It can be enqueued again.</summary>
    Failed,

    /// <summary>It was removed, or cancelled while it was carried out. It can be enqueued again.</summary>
    Deleted,
}
