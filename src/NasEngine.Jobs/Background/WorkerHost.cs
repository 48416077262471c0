using System.Runtime.InteropServices;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Background.Handlers;
using NasEngine.Jobs.Runs;
using NasEngine.Storage.Devices;
using NasEngine.Storage.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>Takes jobs from the store and carries them out, until it is stopped.</summary>
/// <remarks>
/// The store says what is true; the scheduler only hands jobs out. What one of them loses when a process dies is found again from the other: jobs
/// that the scheduler has not been told of are told to it, and jobs of workers that are no more go back into their queues.
/// </remarks>
public sealed class WorkerHost : IAsyncDisposable
{
    // A device that was not heard of for two leases counts as away.
    private static readonly TimeSpan DevicesShown = TimeSpan.FromSeconds(10);

    private readonly WorkerServices _services;
    private readonly WorkerOptions _options;
    private readonly JobStores _stores;
    private readonly WorkerRecord _record;
    private readonly FileStream? _alone;
    private readonly CancellationTokenSource _stopPlanning = new();
    private readonly CancellationTokenSource _stopBeating = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly WorkerDevices _devices;
    private readonly JobRunner _runner;
    private readonly QueueLimits _limits;
    private readonly WorkerWatch _watch;
    private readonly Lock _lock = new();
    private readonly List<Task> _planning = [];
    private readonly List<Task> _beating = [];
    private JobSchedule _schedule = null!;
    private long _recurringVersions = -1;
    private bool _stopped;

    private WorkerHost(WorkerOptions options, WorkerServices services, ScheduleDatabase place, bool cuda)
    {
        (_options, _services, _stores) = (options, services, services.Service.Stores);
        _limits = new QueueLimits(options, cuda);
        _alone = place.File is null ? null : RunLock.Take(place.File + ".lock", $"carries out the jobs of {services.Store.Location}");
        DateTimeOffset now = Time.GetUtcNow();
        _record = new WorkerRecord(
            Guid.CreateVersion7(now).ToString(), options.Name, Environment.MachineName, Environment.ProcessId, now, now, 0, _limits.Shown, options.Devices,
            new WorkerCapabilities(Environment.ProcessorCount, cuda, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"));
        _devices = new WorkerDevices(DeviceStores.Of(services.Store, Time), services.Runs, options, oneMachine: place.File is not null);
        _runner = new JobRunner(services, options, services.Handlers ?? JobHandlers.All, _devices, _record.Id, Wake);
        _watch = new WorkerWatch(_stores, _record.Id, options.Silence, Time, oneMachine: place.File is not null);
        services.Service.Changed += Wake;
    }

    /// <summary>Gets the worker as others see it.</summary>
    public WorkerRecord Record => _record with { LastSeen = Time.GetUtcNow() };

    private TimeProvider Time => _services.Runs.Time;

    /// <summary>Starts a worker.</summary>
    /// <param name="options">What it takes.</param>
    /// <param name="services">What it works with.</param>
    /// <param name="cancellationToken">Stops the starting.</param>
    /// <exception cref="UsageException">The options name a queue that does not exist.</exception>
    /// <exception cref="WorkFailedException">Another process carries out the jobs of this SQLite store.</exception>
    public static async Task<WorkerHost> StartAsync(WorkerOptions options, WorkerServices services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        ScheduleDatabase place = ScheduleDatabase.Of(services.Store);
        WorkerHost host = new(options, services, place, TorchSetup.HasCuda);
        try
        {
            // Training and evaluating keep threads busy that would otherwise answer: heartbeats must not wait for more to be made.
            ThreadPool.GetMinThreads(out int workers, out int ports);
            ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + host._limits.Threads + 4), ports);
            await host.BeginAsync(place, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops: what is under way ends within five seconds, keeps what it did and goes back to its queue.</summary>
    public async Task StopAsync()
    {
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
        }

        _services.Service.Changed -= Wake;
        await _stopPlanning.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_planning).ConfigureAwait(false);
        if (_schedule is not null)
        {
            await _schedule.StopAsync(_options.StopPatience).ConfigureAwait(false);
        }

        await _stopBeating.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_beating).ConfigureAwait(false);
        await _runner.AbandonAsync().ConfigureAwait(false);
        await _stores.Workers.RemoveWorkerAsync(_record.Id, CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        finally
        {
            if (_schedule is not null)
            {
                await _schedule.DisposeAsync().ConfigureAwait(false);
            }

            await _runner.DisposeAsync().ConfigureAwait(false);
            if (_alone is not null)
            {
                await _alone.DisposeAsync().ConfigureAwait(false);
            }

            _stopPlanning.Dispose();
            _stopBeating.Dispose();
            _wake.Dispose();
        }
    }

    private async Task BeginAsync(ScheduleDatabase place, CancellationToken cancellationToken)
    {
        await _stores.Workers.PutWorkerAsync(_record, cancellationToken).ConfigureAwait(false);
        await Upkeep.EnsureAsync(_stores, _services.Runs.Workplace, Time, cancellationToken).ConfigureAwait(false);
        _schedule = await JobSchedule.OpenAsync(place, _record.Id, _limits, _runner.RunAsync, RecurAsync, cancellationToken).ConfigureAwait(false);
        await _watch.LookAsync(cancellationToken).ConfigureAwait(false);
        await ReviewAsync(cancellationToken).ConfigureAwait(false);
        await _schedule.StartAsync(cancellationToken).ConfigureAwait(false);
        _planning.Add(RepeatAsync(_options.Planning, PlanAsync, _wake, _stopPlanning.Token));
        _planning.Add(RepeatAsync(_options.Review, ReviewAsync, null, _stopPlanning.Token));
        _planning.Add(RepeatAsync(DevicesShown, _devices.ShowAsync, null, _stopPlanning.Token));
        _beating.Add(RepeatAsync(_options.Beat, BeatAsync, null, _stopBeating.Token));
        _beating.Add(RepeatAsync(_options.Beat / 2, _watch.LookAsync, null, _stopBeating.Token));
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (!_stopped && _wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    // The store or the scheduler's database may be away for a while: the loop goes on, and says so.
    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> work, SemaphoreSlim? signal, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping).ConfigureAwait(false);
                if (signal is null)
                {
                    await Task.Delay(interval, Time, stopping).ConfigureAwait(false);
                }
                else
                {
                    await signal.WaitAsync(interval, stopping).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is NasException or Quartz.SchedulerException or System.Data.Common.DbException or IOException)
            {
                _services.Runs.Progress.Say($"worker {_options.Name}: {problem.Message}");
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), Time, stopping)).ConfigureAwait(false);
            }
        }
    }

    private async Task PlanAsync(CancellationToken cancellationToken)
    {
        const int AtOnce = 100;
        IReadOnlyList<JobRecord> jobs;
        do
        {
            jobs = await _stores.Jobs.GetUnplannedAsync(AtOnce, cancellationToken).ConfigureAwait(false);
            foreach (JobRecord job in jobs)
            {
                await _schedule.PlanAsync(job, cancellationToken).ConfigureAwait(false);
                await _stores.Jobs.MarkPlannedAsync([job], cancellationToken).ConfigureAwait(false);
            }
        }
        while (jobs.Count == AtOnce);
        IReadOnlyList<RecurringJob> recurring = await _stores.Recurring.GetRecurringAsync(cancellationToken).ConfigureAwait(false);
        HashCode versions = default;
        foreach (RecurringJob job in recurring)
        {
            versions.Add(job.Id, StringComparer.Ordinal);
            versions.Add(job.Version);
        }

        int now = versions.ToHashCode();
        if (now != _recurringVersions)
        {
            await _schedule.SetRecurringAsync(recurring, cancellationToken).ConfigureAwait(false);
            _recurringVersions = now;
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (!await _stores.Workers.BeatAsync(_record.Id, Time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
        {
            // The others took this worker for dead: its jobs are theirs now, which is noticed next.
            await _stores.Workers.PutWorkerAsync(Record, cancellationToken).ConfigureAwait(false);
        }

        await _runner.FollowAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReviewAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> planned = await _stores.Jobs.GetPlannedAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> known = await _schedule.GetKnownAsync(cancellationToken).ConfigureAwait(false);
        string[] lost = [.. planned.Where(id => !known.Contains(id))];
        if (lost.Length > 0)
        {
            await _stores.Jobs.UnplanAsync(lost, cancellationToken).ConfigureAwait(false);
            Wake();
        }
    }

    private async Task RecurAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _services.Service.TriggerRecurringAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException problem)
        {
            _services.Runs.Progress.Say($"recurring job {id}: {problem.Message}");
        }
    }
}
