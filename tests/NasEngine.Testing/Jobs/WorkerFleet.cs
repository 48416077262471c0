using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Jobs;

namespace NasEngine.Testing.Jobs;

/// <summary>Worker processes over one store, each in folders of its own as on a machine of its own.</summary>
/// <param name="location">The store.</param>
/// <param name="folder">The folder that theirs lie in.</param>
public sealed class WorkerFleet(string location, string folder) : IAsyncDisposable
{
    private readonly List<(Process Process, Task<NasOutcome> End)> _running = [];
    private int _started;

    /// <summary>Gives the folders of a worker.</summary>
    public NasProcess Place(int number) => new(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"worker-{number}")));

    /// <summary>Starts workers until there are so many.</summary>
    public void Fill(int count)
    {
        _running.RemoveAll(worker => worker.End.IsCompleted);
        while (_running.Count < count)
        {
            // Folders are taken again by those who come after a worker that died.
            NasProcess place = Place(_started++ % count);
            Process process = place.Start("worker", "--store", location, "--name", string.Create(CultureInfo.InvariantCulture, $"worker-{_started}"));
            _running.Add((process, NasProcess.EndAsync(process, TimeSpan.FromMinutes(30))));
        }
    }

    /// <summary>Waits until so many workers have said that they are there.</summary>
    public static async Task ReadyAsync(JobStores stores, int count)
    {
        ArgumentNullException.ThrowIfNull(stores);
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        while ((await stores.Workers.GetWorkersAsync(default).ConfigureAwait(false)).Count(worker => worker.Beat > 0) < count)
        {
            await Task.Delay(50, limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until one of the workers is at a job of some run, kills it, and waits until another takes that job.</summary>
    /// <param name="run">The run.</param>
    /// <param name="limit">How long to wait for either.</param>
    /// <returns>The job and how long nobody was at it, or <see langword="null"/> if the run ended before a worker could be killed.</returns>
    public async Task<(string Job, TimeSpan Gap)?> KillOneAsync(ServiceRun run, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(run);
        using CancellationTokenSource patience = new(limit);
        JobRecord? held = null;
        while (held is null)
        {
            if (await run.StateAsync().ConfigureAwait(false) != Core.Runs.RunState.Running)
            {
                return null;
            }

            IReadOnlyList<JobRecord> processing = (await run.Stores.Jobs.ListAsync(new JobQuery { RunId = run.Id, State = JobState.Processing }, default).ConfigureAwait(false)).Jobs;
            held = processing.Count > 0 ? processing[0] : null;
            await Task.Delay(5, patience.Token).ConfigureAwait(false);
        }

        WorkerRecord worker = (await run.Stores.Workers.GetWorkersAsync(default).ConfigureAwait(false)).First(one => one.Id == held.Worker);
        (Process process, Task<NasOutcome> end) = _running.First(one => one.Process.Id == worker.ProcessId);
        process.Kill();
        await end.ConfigureAwait(false);
        long killed = TimeProvider.System.GetTimestamp();
        JobRecord now = (await run.Stores.Jobs.FindAsync(held.Id, default).ConfigureAwait(false))!;
        if (now.Execution != held.Execution || now.State != JobState.Processing)
        {
            return (held.Title + " (it had just ended)", TimeSpan.Zero);
        }

        while ((now = (await run.Stores.Jobs.FindAsync(held.Id, default).ConfigureAwait(false))!).Execution == held.Execution)
        {
            await Task.Delay(10, patience.Token).ConfigureAwait(false);
        }

        return (held.Title, TimeProvider.System.GetElapsedTime(killed));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((Process process, Task<NasOutcome> end) in _running)
        {
            if (!end.IsCompleted)
            {
                NasProcess.Interrupt(process);
            }

            await end.ConfigureAwait(false);
            process.Dispose();
        }
    }
}
