namespace NasEngine.Core.Jobs;

/// <summary>Keeps who takes jobs.</summary>
public interface IWorkerStore
{
    /// <summary>Adds a worker, or replaces it.</summary>
    Task PutWorkerAsync(WorkerRecord worker, CancellationToken cancellationToken);

    /// <summary>Notes that a worker is alive.</summary>
    /// <returns><see langword="false"/> if it was removed: the others took it for dead.</returns>
    Task<bool> BeatAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Lists workers by name and start.</summary>
    Task<IReadOnlyList<WorkerRecord>> GetWorkersAsync(CancellationToken cancellationToken);

    /// <summary>Removes a worker.</summary>
    Task RemoveWorkerAsync(string id, CancellationToken cancellationToken);
}
