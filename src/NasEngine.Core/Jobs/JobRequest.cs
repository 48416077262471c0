namespace NasEngine.Core.Jobs;

/// <summary>A job to be done.</summary>
public sealed record JobRequest
{
    /// <summary>Gets the most that a job is tried unless it says otherwise: once, and two retries.</summary>
    public const int DefaultAttempts = 3;

    /// <summary>Gets the lowest and, negated, the highest priority.</summary>
    public const int LowestPriority = -100;

    /// <summary>Gets the id, if other jobs of the same request wait for this one; a new one is made if it is <see langword="null"/>.</summary>
    public string? Id { get; init; }

    /// <summary>Gets what kind of work it is: the name of its handler.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets what it is called on pages.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the queue: what a worker must serve to take it, such as <c>train</c> or <c>device:local</c>.</summary>
    public required string Queue { get; init; }

    /// <summary>Gets the priority, from -100 to 100; jobs of a higher one go first within their queue, of equal ones the older.</summary>
    public int Priority { get; init; }

    /// <summary>Gets the run it belongs to, if any.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets what its handler is told, as JSON.</summary>
    public string Payload { get; init; } = "{}";

    /// <summary>Gets what makes it unique, or <see langword="null"/>: while a job with this key is unfinished, adding another is ignored.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the jobs that must have succeeded before it begins.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Gets how often it is tried at most. From 1 to 100.</summary>
    public int MaxAttempts { get; init; } = DefaultAttempts;

    /// <summary>Gets when it may begin; at once if <see langword="null"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
