using System.Diagnostics;
using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>Notices workers that are no more, and puts their jobs back into the queues.</summary>
/// <remarks>
/// A worker is alive while its beat grows. That is judged by how long this process has seen it stand still, so that clocks of machines need not agree.
/// Where all workers are processes of one machine, one whose process has gone is dead at once.
/// </remarks>
internal sealed class WorkerWatch(JobStores stores, string own, TimeSpan silence, TimeProvider time, bool oneMachine)
{
    private readonly Dictionary<string, (long Beat, long Since)> _seen = new(StringComparer.Ordinal);

    /// <summary>Looks at all workers once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await stores.Workers.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        foreach (WorkerRecord worker in workers.Where(worker => worker.Id != own))
        {
            if (!_seen.TryGetValue(worker.Id, out (long Beat, long Since) seen) || seen.Beat != worker.Beat)
            {
                _seen[worker.Id] = seen = (worker.Beat, time.GetTimestamp());
            }

            if (time.GetElapsedTime(seen.Since) > silence || (oneMachine && HasGone(worker)))
            {
                await stores.Jobs.TakeFromAsync(worker.Id, $"worker {worker.Name} on {worker.Host} is no more", cancellationToken).ConfigureAwait(false);
                await stores.Workers.RemoveWorkerAsync(worker.Id, cancellationToken).ConfigureAwait(false);
                _seen.Remove(worker.Id);
            }
        }

        HashSet<string> known = [.. workers.Select(worker => worker.Id), own];
        foreach (string holder in (await stores.Jobs.GetHoldersAsync(cancellationToken).ConfigureAwait(false)).Where(holder => !known.Contains(holder)))
        {
            await TakeFromUnknownAsync(holder, cancellationToken).ConfigureAwait(false);
        }
    }

    // A worker says who it is before it takes jobs: one that is not listed was removed by another watch that died before it put the jobs back.
    private async Task TakeFromUnknownAsync(string holder, CancellationToken cancellationToken)
    {
        string key = "unlisted " + holder;
        if (!_seen.TryGetValue(key, out (long Beat, long Since) seen))
        {
            _seen[key] = seen = (0, time.GetTimestamp());
        }

        if (oneMachine || time.GetElapsedTime(seen.Since) > silence)
        {
            await stores.Jobs.TakeFromAsync(holder, "its worker is no more", cancellationToken).ConfigureAwait(false);
            _seen.Remove(key);
        }
    }

    private static bool HasGone(WorkerRecord worker)
    {
        if (worker.Host != Environment.MachineName || worker.ProcessId == Environment.ProcessId)
        {
            // Of this process, but another id: an earlier host here that was stopped without saying so is not judged by its process.
            return false;
        }

        try
        {
            using Process process = Process.GetProcessById(worker.ProcessId);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
