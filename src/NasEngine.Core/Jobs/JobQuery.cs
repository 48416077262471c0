namespace NasEngine.Core.Jobs;

/// <summary>Which jobs to list. What is <see langword="null"/> does not matter.</summary>
public sealed record JobQuery
{
    /// <summary>Gets the state.</summary>
    public JobState? State { get; init; }

    /// <summary>Gets the queue.</summary>
    public string? Queue { get; init; }

    /// <summary>Gets the run.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets the kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets the cursor that the last page ended with; <see langword="null"/> for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Gets the most jobs to give. From 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="NextCursor">Where the next page begins, or <see langword="null"/> at the end.</param>
public sealed record JobPage(IReadOnlyList<JobRecord> Jobs, long Total, string? NextCursor);
