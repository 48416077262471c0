namespace NasEngine.Core.Jobs;

/// <summary>A background job as it is stored.</summary>
public sealed record JobRecord
{
    /// <summary>Gets the id. Ids sort by when the jobs were added.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what kind of work it is: the name of its handler.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets what it is called on pages.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the queue.</summary>
    public required string Queue { get; init; }

    /// <summary>Gets how far it is.</summary>
    public required JobState State { get; init; }

    /// <summary>Gets the priority, from -100 to 100, higher first.</summary>
    public int Priority { get; init; }

    /// <summary>Gets the run it belongs to, if any.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets what its handler is told, as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>Gets what makes it unique among unfinished jobs, if anything does.</summary>
    public string? Key { get; init; }

    /// <summary>Gets how often it was tried, the attempt under way included. Attempts that a worker's death cut short do not count.</summary>
    public int Attempt { get; init; }

    /// <summary>Gets how often it is tried at most.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>Gets how often in a row a worker died over it.</summary>
    public int Interruptions { get; init; }

    /// <summary>Gets when it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it may begin, if that is later than at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets when its last attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets the id of the worker that is, or was, at it.</summary>
    public string? Worker { get; init; }

    /// <summary>Gets what names the attempt under way. Whoever has another one has lost the job, and changes nothing of it.</summary>
    public string? Execution { get; init; }

    /// <summary>Gets what went wrong the last time, in one line.</summary>
    public string? Error { get; init; }

    /// <summary>Gets what came of it, as JSON.</summary>
    public string? Result { get; init; }

    /// <summary>Gets whether someone asked the worker to stop.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Gets a number that grows with every change of its state or priority.</summary>
    public long Revision { get; init; }
}
