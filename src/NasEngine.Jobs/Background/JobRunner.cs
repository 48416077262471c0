using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Background;

/// <summary>Carries out the jobs that the scheduler hands to a worker.</summary>
internal sealed class JobRunner : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IJobHandler> _handlers;
    private readonly WorkerServices _services;
    private readonly JobStores _stores;
    private readonly WorkerOptions _options;
    private readonly string _worker;
    private readonly Action _wake;
    private readonly QuietGate _quiet = new();
    private readonly WorkerDevices _devices;
    private readonly RunContextPool _runs;
    private readonly HashSet<string> _machine;

    /// <summary>Initializes the runner of a worker.</summary>
    /// <param name="services">What the worker works with.</param>
    /// <param name="options">How it goes about it.</param>
    /// <param name="handlers">Who carries out what.</param>
    /// <param name="devices">The worker's devices.</param>
    /// <param name="worker">The worker's id.</param>
    /// <param name="wake">Called when jobs have changed.</param>
    public JobRunner(WorkerServices services, WorkerOptions options, IReadOnlyList<IJobHandler> handlers, WorkerDevices devices, string worker, Action wake)
    {
        (_services, _options, _devices, _worker, _wake) = (services, options, devices, worker, wake);
        _stores = services.Service.Stores;
        _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        _machine = [.. options.Devices.Where(device => JobQueues.IsLocal(device.Value)).SelectMany(device => new[] { JobQueues.Device(device.Key), JobQueues.Device(device.Value) })];
        _runs = new RunContextPool(services.Runs with { OpenDevice = _devices.Open }, _stores.Recurring);
    }

    /// <summary>Gets how many jobs are under way.</summary>
    public int Count => _held.Count;

    private TimeProvider Time => _services.Runs.Time;

    /// <summary>Carries a job out, if it is to be carried out now.</summary>
    /// <param name="id">The job.</param>
    /// <param name="stopping">Stops it because the worker stops; it goes back to its queue.</param>
    public async Task RunAsync(string id, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested || await _stores.Jobs.FindAsync(id, CancellationToken.None).ConfigureAwait(false) is not JobRecord { State: JobState.Enqueued or JobState.Scheduled } found)
        {
            return;
        }

        IDisposable place;
        try
        {
            place = await _quiet.EnterAsync(_machine.Contains(found.Queue), stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        using (place)
        {
            if (!stopping.IsCancellationRequested && await _stores.Jobs.TryStartAsync(id, _worker, CancellationToken.None).ConfigureAwait(false) is JobRecord job)
            {
                await CarryOutAsync(job, stopping).ConfigureAwait(false);
                _wake();
            }
        }
    }

    /// <summary>Stops what someone wants stopped, and what others have taken over.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (_held.IsEmpty)
        {
            return;
        }

        Held[] mine = [.. _held.Values];
        Dictionary<string, JobRecord> stored = (await _stores.Jobs.HeldByAsync(_worker, cancellationToken).ConfigureAwait(false)).ToDictionary(job => job.Id, StringComparer.Ordinal);
        foreach (Held held in mine)
        {
            if (!stored.TryGetValue(held.Job.Id, out JobRecord? job) || job.Execution != held.Job.Execution)
            {
                held.Stop(StopReason.Lost);
            }
            else if (job.CancelRequested)
            {
                held.Stop(StopReason.Cancelled);
            }
        }
    }

    /// <summary>Gives back what is still under way: it did not end in time.</summary>
    public async Task AbandonAsync()
    {
        foreach (Held held in _held.Values)
        {
            await _stores.Jobs.ReleaseAsync(held.Job, null, "its worker stopped", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _runs.DisposeAsync().ConfigureAwait(false);
        _quiet.Dispose();
    }

    private async Task CarryOutAsync(JobRecord job, CancellationToken stopping)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Held held = new(job, stop);
        _held[job.Id] = held;
        JobTelemetry.Started.Add(1, JobTelemetry.Tag(job));
        using Activity? activity = JobTelemetry.Activities.StartActivity("job " + job.Kind);
        activity?.SetTag("job.id", job.Id).SetTag("job.queue", job.Queue).SetTag("run.id", job.RunId);
        long started = Time.GetTimestamp();
        try
        {
            JobConsole console = new(_stores.Log, job.Id, Time);
            Func<Task> end;
            await using (console.ConfigureAwait(false))
            {
                end = await AttemptAsync(held, console, stopping).ConfigureAwait(false);
            }

            await end().ConfigureAwait(false);
        }
        finally
        {
            held.End();
            _held.TryRemove(job.Id, out _);
            JobTelemetry.Seconds.Record(Time.GetElapsedTime(started).TotalSeconds, JobTelemetry.Tag(job));
        }
    }

    // Gives what is to be stored of the attempt, once the console is written.
    private async Task<Func<Task>> AttemptAsync(Held held, JobConsole console, CancellationToken stopping)
    {
        JobRecord job = held.Job;
        try
        {
            IJobHandler handler = _handlers.GetValueOrDefault(job.Kind) ?? throw UsageException.UnknownName("kind of job", job.Kind, _handlers.Keys);
            JobContext context = new()
            {
                Job = job,
                Progress = console,
                Services = _services.Runs with { Progress = console, OpenDevice = _devices.Open },
                Worker = _services,
                Stores = _stores,
                Runs = _runs,
                Stretch = _options.Stretch,
            };
            JobOutcome outcome = await ExecuteAsync(handler, context, held.Token).ConfigureAwait(false);
            string? result = outcome.Result is null ? null : JsonSerializer.Serialize(outcome.Result, outcome.Result.GetType(), JsonSerializerOptions.Web);
            JobRequest[] followUps = [.. outcome.FollowUps.Select(next => next with { Priority = next.Priority == 0 ? job.Priority : next.Priority })];
            return () => _stores.Jobs.FinishAsync(job, JobState.Succeeded, result, null, followUps, CancellationToken.None);
        }
        catch (OperationCanceledException) when (held.Reason == StopReason.Lost)
        {
            return () => Task.CompletedTask;
        }
        catch (OperationCanceledException) when (held.Reason == StopReason.Cancelled)
        {
            return () => _stores.Jobs.FinishAsync(job, JobState.Deleted, null, "Cancelled; what was done is kept.", [], CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return () => _stores.Jobs.ReleaseAsync(job, null, "its worker stopped", CancellationToken.None);
        }
        catch (PostponedException later)
        {
            console.Say(later.Message);
            return () => _stores.Jobs.ReleaseAsync(job, Time.GetUtcNow() + later.Delay, later.Message, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the job: it is stored there, with its trace, and the worker goes on.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            console.Say(problem is NasException ? problem.Message : problem.ToString());
            return () => FailAsync(job, problem);
        }
    }

    // A piece of work that does not look whether it is to stop, such as a fit, is left to end by itself: what it stores does no harm.
    private async Task<JobOutcome> ExecuteAsync(IJobHandler handler, JobContext context, CancellationToken stop)
    {
        Task<JobOutcome> work = Task.Run(() => handler.ExecuteAsync(context, stop), CancellationToken.None);
        try
        {
            return await work.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(_options.CancelPatience, Time, CancellationToken.None)).ConfigureAwait(false);
            if (work.IsCompleted)
            {
                return await work.ConfigureAwait(false);
            }

            context.Progress.Say("the piece of work in hand did not stop in time; it ends by itself, and nothing follows from it");
            _ = work.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    private async Task FailAsync(JobRecord job, Exception problem)
    {
        string reason = problem is NasException ? problem.Message : $"{problem.GetType().Name}: {problem.Message}";

        // What a user has to mend fails again however often it is tried.
        bool isFinal = problem is NasException { Kind: FaultKind.Input or FaultKind.Infeasible or FaultKind.ExportMismatch } || job.Attempt >= job.MaxAttempts;
        if (!isFinal)
        {
            TimeSpan delay = _options.RetryDelay * Math.Pow(4, job.Attempt - 1);
            await _stores.Jobs.RetryAsync(job, Time.GetUtcNow() + delay, reason, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        if (job.RunId is not null && job.Kind != JobKinds.Drift && await _services.Runs.Store.FindRunAsync(job.RunId, CancellationToken.None).ConfigureAwait(false) is RunRecord { State: RunState.Running } run && run.Id == job.RunId)
        {
            await _services.Runs.Store.SetRunStateAsync(job.RunId, RunState.Failed, CancellationToken.None).ConfigureAwait(false);
        }

        await _stores.Jobs.FinishAsync(job, JobState.Failed, null, reason, [], CancellationToken.None).ConfigureAwait(false);
    }

    private enum StopReason
    {
        None,
        Cancelled,
        Lost,
    }

    private sealed class Held(JobRecord job, CancellationTokenSource stop)
    {
        private readonly Lock _lock = new();
        private bool _ended;

        public JobRecord Job => job;

        public CancellationToken Token { get; } = stop.Token;

        public StopReason Reason { get; private set; }

        public void Stop(StopReason reason)
        {
            lock (_lock)
            {
                if (!_ended && Reason == StopReason.None)
                {
                    Reason = reason;
                    stop.Cancel();
                }
            }
        }

        public void End()
        {
            lock (_lock)
            {
                _ended = true;
            }
        }
    }
}
