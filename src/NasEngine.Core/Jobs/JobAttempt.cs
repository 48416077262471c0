namespace NasEngine.Core.Jobs;

/// <summary>The time that a worker was at a job, from when it was begun until it ended, was put off, or was taken from the worker.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Kind">What kind of work it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="RunId">The run it belongs to, if any.</param>
/// <param name="Worker">The worker.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="EndedAt">When that was over; <see langword="null"/> while the worker is at it.</param>
/// <param name="State">
/// What the job came to then: a finished state, <see cref="JobState.Scheduled"/> if it is tried again later, <see cref="JobState.Enqueued"/> if it was
/// given back or its worker died; <see cref="JobState.Processing"/> while the worker is at it.
/// </param>
/// <param name="Note">Why, or <see langword="null"/>.</param>
public sealed record JobAttempt(
    string JobId, string Kind, string Title, string Queue, string? RunId, string Worker, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, JobState State, string? Note);
