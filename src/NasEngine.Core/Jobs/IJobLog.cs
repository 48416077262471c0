namespace NasEngine.Core.Jobs;

/// <summary>Keeps what jobs say while they are carried out, and how their states changed.</summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
public interface IJobLog
{
    /// <summary>Appends lines to a job's console and replaces bars of its progress. Ignored if the job is gone.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="lines">Lines with when they were written, the oldest first.</param>
    /// <param name="progress">Bars that changed.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    Task WriteAsync(string jobId, IReadOnlyList<(DateTimeOffset At, string Text)> lines, IReadOnlyList<JobProgress> progress, CancellationToken cancellationToken);

    /// <summary>Gives the lines of a job's console after a number.</summary>
    Task<IReadOnlyList<ConsoleLine>> GetConsoleAsync(string jobId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Gives the bars of a job's progress.</summary>
    Task<IReadOnlyList<JobProgress>> GetProgressAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Gives the bars of all jobs of a run that are under way, by job.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<JobProgress>>> GetRunProgressAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Gives the changes of a job's state, the oldest first.</summary>
    Task<IReadOnlyList<JobChange>> GetHistoryAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Gives the times that workers were at jobs and that were not over at an instant, the earliest first; of more than the limit the latest.</summary>
    /// <param name="since">The instant.</param>
    /// <param name="limit">At most this many; at least 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<JobAttempt>> GetAttemptsAsync(DateTimeOffset since, int limit, CancellationToken cancellationToken);

    /// <summary>Gives the changes of all jobs after a sequence number, the oldest first.</summary>
    Task<IReadOnlyList<JobChange>> GetChangesAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Gives the last sequence number; cheap enough to be asked every second.</summary>
    Task<long> GetLastChangeAsync(CancellationToken cancellationToken);

    /// <summary>Counts what was finished in each hour since an instant; hours in which nothing was are left out.</summary>
    Task<IReadOnlyList<JobHour>> GetHoursAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
