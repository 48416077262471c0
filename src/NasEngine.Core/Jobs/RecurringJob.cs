namespace NasEngine.Core.Jobs;

/// <summary>Work that is done again and again.</summary>
public sealed record RecurringJob
{
    /// <summary>Gets the id that its user chose: letters, digits, '-', '_' and '.'.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what it is called on pages.</summary>
    public required string Title { get; init; }

    /// <summary>Gets what it is for, which its jobs follow from: one of the kinds of recurring jobs.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets what is particular about it, as JSON.</summary>
    public string Payload { get; init; } = "{}";

    /// <summary>Gets when, as a cron expression with seconds: <c>0 30 3 * * ?</c> is every night at half past three.</summary>
    public required string Cron { get; init; }

    /// <summary>Gets the time zone that the expression is meant in.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Gets whether it makes jobs.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Gets a number that grows whenever one of the above changes.</summary>
    public long Version { get; init; }

    /// <summary>Gets when it last made a job.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Gets that job.</summary>
    public string? LastJob { get; init; }

    /// <summary>Gets how far that job is.</summary>
    public JobState? LastState { get; init; }

    /// <summary>Gets how many jobs it has made.</summary>
    public long Made { get; init; }

    /// <summary>Gets when it makes the next.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
