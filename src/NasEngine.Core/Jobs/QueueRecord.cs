namespace NasEngine.Core.Jobs;

/// <summary>A queue with what is in it.</summary>
/// <param name="Name">Its name, such as <c>train</c> or <c>device:agent:pi</c>.</param>
/// <param name="PausedAt">Since when it hands out no jobs; <see langword="null"/> while it does.</param>
/// <param name="Jobs">How many of its jobs are in each unfinished state; states without a job are left out.</param>
public sealed record QueueRecord(string Name, DateTimeOffset? PausedAt, IReadOnlyDictionary<JobState, long> Jobs);
