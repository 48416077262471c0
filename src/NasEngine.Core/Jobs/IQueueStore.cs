namespace NasEngine.Core.Jobs;

/// <summary>Keeps which queues are paused: none of their jobs is begun by any worker, whatever a scheduler hands out.</summary>
/// <remarks>Thread-safe, and safe between processes. A change holds for every job that is begun after its task completes.</remarks>
public interface IQueueStore
{
    /// <summary>Pauses a queue; jobs that are under way go on to their ends. Ignored if it is paused.</summary>
    Task PauseAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Lets a queue hand out jobs again. Ignored if it is not paused.</summary>
    Task ResumeAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Lists the queues that are paused or hold unfinished jobs, by name.</summary>
    Task<IReadOnlyList<QueueRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Gives the names of the queues that are paused, sorted; cheap enough to be asked every second.</summary>
    Task<IReadOnlyList<string>> GetPausedAsync(CancellationToken cancellationToken);
}
