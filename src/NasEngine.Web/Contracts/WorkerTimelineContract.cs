using NasEngine.Core.Jobs;

namespace NasEngine.Web.Contracts;

/// <summary>What workers did in a stretch of time.</summary>
/// <param name="From">Its beginning; jobs that were under way then are in it too.</param>
/// <param name="To">Its end: now.</param>
/// <param name="Items">The times that workers were at jobs, the earliest first.</param>
/// <param name="Shortened">Whether there were more, of which the latest are given.</param>
public sealed record WorkerTimelineContract(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<WorkerTimeContract> Items, bool Shortened);

/// <summary>The time that a worker was at a job. A job that was tried again has several.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Kind">What kind of work it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="RunId">The run it belongs to.</param>
/// <param name="Worker">The worker's id.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="EndedAt">When that was over; <see langword="null"/> while the worker is at it.</param>
/// <param name="State">
/// What the job came to then: <c>succeeded</c>, <c>failed</c> or <c>deleted</c>; <c>scheduled</c> if it is tried again later, <c>enqueued</c> if it was given
/// back or its worker died; <c>processing</c> while the worker is at it.
/// </param>
/// <param name="Note">Why.</param>
public sealed record WorkerTimeContract(
    string JobId, string Kind, string Title, string Queue, string? RunId, string Worker, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string State, string? Note)
{
    /// <summary>Makes what is shown of an attempt.</summary>
    public static WorkerTimeContract Of(JobAttempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return new WorkerTimeContract(
            attempt.JobId, attempt.Kind, attempt.Title, attempt.Queue, attempt.RunId, attempt.Worker, attempt.StartedAt, attempt.EndedAt, JobStateName.Of(attempt.State), attempt.Note);
    }
}
