namespace NasEngine.Core.Jobs;

/// <summary>Keeps recurring jobs, changed budgets of runs, and the drift of devices.</summary>
public interface IRecurringJobStore
{
    /// <summary>Adds a recurring job, or replaces what its user chose.</summary>
    Task PutRecurringAsync(RecurringJob job, CancellationToken cancellationToken);

    /// <summary>Adds a recurring job, unless there is one of its id.</summary>
    /// <returns>Whether it was added.</returns>
    Task<bool> TryAddRecurringAsync(RecurringJob job, CancellationToken cancellationToken);

    /// <summary>Lists recurring jobs by id.</summary>
    Task<IReadOnlyList<RecurringJob>> GetRecurringAsync(CancellationToken cancellationToken);

    /// <summary>Removes a recurring job.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveRecurringAsync(string id, CancellationToken cancellationToken);

    /// <summary>Notes that a recurring job made a job, and when it makes the next.</summary>
    /// <param name="id">The recurring job.</param>
    /// <param name="at">When it made the job, or <see langword="null"/> to note the next moment only.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="nextAt">When it makes the next.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    Task NoteRecurringAsync(string id, DateTimeOffset? at, string? jobId, DateTimeOffset? nextAt, CancellationToken cancellationToken);

    /// <summary>Gives a run's changed budgets.</summary>
    Task<RunBudget> GetBudgetAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Changes a run's budgets; what is <see langword="null"/> stays as it is.</summary>
    /// <returns>The budgets as they are now.</returns>
    Task<RunBudget> SetBudgetAsync(string runId, RunBudget budget, CancellationToken cancellationToken);

    /// <summary>Forgets a run's changed budgets.</summary>
    Task RemoveBudgetAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Keeps how far a device has drifted.</summary>
    Task AddDriftAsync(DeviceDrift drift, CancellationToken cancellationToken);

    /// <summary>Gives what is known of the drift of a device, or of all, the newest first.</summary>
    Task<IReadOnlyList<DeviceDrift>> GetDriftAsync(string? device, int limit, CancellationToken cancellationToken);
}
