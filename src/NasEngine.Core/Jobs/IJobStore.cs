using NasEngine.Core.Errors;

namespace NasEngine.Core.Jobs;

/// <summary>Keeps background jobs: what is stored here is what is true of them, whatever a scheduler remembers.</summary>
/// <remarks>
/// Thread-safe, and safe between processes: each change of state is one transaction that happens only if the job is still as the caller thinks.
/// A change is durable once its task completes.
/// </remarks>
public interface IJobStore
{
    /// <summary>Adds jobs, all or none.</summary>
    /// <returns>The job of each request: a new one, or the unfinished one that has its key.</returns>
    /// <exception cref="UsageException">A request waits for a job that does not exist.</exception>
    Task<IReadOnlyList<JobRecord>> AddAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken);

    /// <summary>Finds a job, or gives <see langword="null"/>.</summary>
    Task<JobRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Gives the ids of the jobs that a job waits, or waited, for.</summary>
    Task<IReadOnlyList<string>> GetAfterAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists jobs, newest first.</summary>
    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken);

    /// <summary>Counts jobs by state, those of one run or all; states without a job are in it with 0.</summary>
    Task<IReadOnlyDictionary<JobState, long>> CountAsync(string? runId, CancellationToken cancellationToken);

    /// <summary>Takes a job: from <see cref="JobState.Enqueued"/>, or <see cref="JobState.Scheduled"/> once it is due, to <see cref="JobState.Processing"/>.</summary>
    /// <remarks>A job of a paused queue is not taken; a scheduler is told of it again once the queue goes on.</remarks>
    /// <returns>The job with a new <see cref="JobRecord.Execution"/>, or <see langword="null"/> if it is not to be carried out now.</returns>
    Task<JobRecord?> TryStartAsync(string id, string worker, CancellationToken cancellationToken);

    /// <summary>Ends a job that the caller has, adds what follows from it, and releases the jobs that wait for it.</summary>
    /// <param name="job">The job as <see cref="TryStartAsync"/> gave it.</param>
    /// <param name="outcome">How it ended: one of the finished states. Only after <see cref="JobState.Succeeded"/> do others go on.</param>
    /// <param name="result">What came of it, as JSON.</param>
    /// <param name="reason">What went wrong, in one line.</param>
    /// <param name="followUps">Jobs that follow from it, added in the same transaction.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <returns><see langword="false"/> if the caller had lost the job: nothing was changed.</returns>
    Task<bool> FinishAsync(
        JobRecord job, JobState outcome, string? result, string? reason, IReadOnlyList<JobRequest> followUps, CancellationToken cancellationToken);

    /// <summary>Puts a job that the caller has and that failed off until it is tried again.</summary>
    /// <returns><see langword="false"/> if the caller had lost the job.</returns>
    Task<bool> RetryAsync(JobRecord job, DateTimeOffset dueAt, string reason, CancellationToken cancellationToken);

    /// <summary>Gives a job that the caller has back; the attempt does not count.</summary>
    /// <param name="job">The job as <see cref="TryStartAsync"/> gave it.</param>
    /// <param name="dueAt">When it may be taken again; at once if <see langword="null"/>.</param>
    /// <param name="note">Why, for its history.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <returns><see langword="false"/> if the caller had lost the job.</returns>
    Task<bool> ReleaseAsync(JobRecord job, DateTimeOffset? dueAt, string note, CancellationToken cancellationToken);

    /// <summary>Puts the jobs of a worker that is no more back into their queues. One that was to be cancelled is deleted; one over which too many workers died has failed.</summary>
    /// <returns>The jobs that were put back or ended.</returns>
    Task<IReadOnlyList<JobRecord>> TakeFromAsync(string worker, string note, CancellationToken cancellationToken);

    /// <summary>Gives the jobs that a worker has, with <see cref="JobRecord.CancelRequested"/> and <see cref="JobRecord.Execution"/> as they are now.</summary>
    Task<IReadOnlyList<JobRecord>> HeldByAsync(string worker, CancellationToken cancellationToken);

    /// <summary>Gives the ids of all workers that have jobs.</summary>
    Task<IReadOnlyList<string>> GetHoldersAsync(CancellationToken cancellationToken);

    /// <summary>Enqueues jobs again, whatever state they are in but <see cref="JobState.Processing"/>; their attempts count from the beginning.</summary>
    /// <returns>The jobs that were enqueued; left out are unknown ones, ones under way, and ones whose key another unfinished job has.</returns>
    Task<IReadOnlyList<JobRecord>> RequeueAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Deletes jobs that wait or have failed, and asks the workers of those under way to stop.</summary>
    /// <returns>The jobs that were deleted or asked to stop.</returns>
    Task<IReadOnlyList<JobRecord>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Deletes all unfinished jobs of a run, and asks the workers of those under way to stop.</summary>
    Task<IReadOnlyList<JobRecord>> DeleteOfRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Changes the priority of a job that waits.</summary>
    /// <returns>The job, or <see langword="null"/> if there is none that waits.</returns>
    Task<JobRecord?> SetPriorityAsync(string id, int priority, CancellationToken cancellationToken);

    /// <summary>Gives jobs that a scheduler has not been told of, or was told otherwise: enqueued ones and scheduled ones, the most urgent first. Jobs of paused queues are left out.</summary>
    Task<IReadOnlyList<JobRecord>> GetUnplannedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Notes that a scheduler knows of jobs as they were given by <see cref="GetUnplannedAsync"/>; one that has changed since stays unplanned.</summary>
    Task MarkPlannedAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken);

    /// <summary>Gives the ids of jobs that a scheduler was told of and that wait: it must know each of them.</summary>
    Task<IReadOnlyList<string>> GetPlannedAsync(CancellationToken cancellationToken);

    /// <summary>Notes that a scheduler has lost jobs.</summary>
    Task UnplanAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Removes jobs that ended before an instant, with their consoles; the counts for each hour stay. Jobs that unfinished ones wait for are kept.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
