using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Background;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Contracts;

namespace NasEngine.Web.Live;

/// <summary>Looks for changes while anybody listens: at once when this process made them, every second, or half a second for devices, for what others did.</summary>
internal sealed partial class ChangeWatcher(
    ChangeFeed feed, IRunQueries runs, JobService jobs, IDeviceStore devices, TimeProvider time, ILogger<ChangeWatcher> logger) : BackgroundService
{
    // Runs further back than the newest so many do not change.
    private const int WatchedRuns = 200;
    private const int MostChanges = 500;
    private const int MostUnderWay = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A device that no longer calls is told of within a second.
    private static readonly TimeSpan DeviceInterval = TimeSpan.FromMilliseconds(400);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private Dictionary<string, RunMark>? _runs;
    private readonly DeviceWatch _devices = new(feed);
    private Dictionary<string, (string Bars, long Line)> _progress = [];
    private IReadOnlyList<string>? _paused;
    private long? _lastChange;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        jobs.Changed += Wake;
        devices.Changed += _devices.Tell;
        long lookedAt = time.GetTimestamp();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                bool isWoken = await _wake.WaitAsync(DeviceInterval, stoppingToken).ConfigureAwait(false);
                if (!feed.HasListeners)
                {
                    // Whoever comes next asks for everything first.
                    (_runs, _paused, _lastChange) = (null, null, null);
                    _devices.Forget();
                    continue;
                }

                bool isDue = isWoken || time.GetElapsedTime(lookedAt) + (DeviceInterval / 2) >= Interval;
                lookedAt = isDue ? time.GetTimestamp() : lookedAt;
                await LookAsync(isDue, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogEnd();
        }
        finally
        {
            jobs.Changed -= Wake;
            devices.Changed -= _devices.Tell;
        }
    }

    private void Wake()
    {
        lock (_wake)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    private async Task LookAsync(bool atAll, CancellationToken cancellationToken)
    {
        try
        {
            await _devices.LookAsync(devices, cancellationToken).ConfigureAwait(false);
            if (atAll)
            {
                await LookAtJobsAsync(cancellationToken).ConfigureAwait(false);
                await LookAtProgressAsync(cancellationToken).ConfigureAwait(false);
                await LookAtRunsAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NasException problem)
        {
            LogUnreadable(problem.Message);
        }
    }

    private async Task LookAtJobsAsync(CancellationToken cancellationToken)
    {
        long last = await jobs.Stores.Log.GetLastChangeAsync(cancellationToken).ConfigureAwait(false);
        foreach (JobChange change in last > _lastChange ? await jobs.Stores.Log.GetChangesAsync(_lastChange.Value, MostChanges, cancellationToken).ConfigureAwait(false) : [])
        {
            feed.Publish(new ServiceChange("jobs", "job", change.JobId, change.RunId, JobStateName.Of(change.State)));
        }

        _lastChange = last;
        IReadOnlyList<string> paused = await jobs.Stores.Queues.GetPausedAsync(cancellationToken).ConfigureAwait(false);
        foreach (string queue in _paused is null ? [] : paused.Except(_paused, StringComparer.Ordinal).Concat(_paused.Except(paused, StringComparer.Ordinal)))
        {
            feed.Publish(new ServiceChange("jobs", "queue", queue, null, paused.Contains(queue) ? "paused" : "resumed"));
        }

        _paused = paused;
    }

    private async Task LookAtProgressAsync(CancellationToken cancellationToken)
    {
        JobPage page = await jobs.Stores.Jobs.ListAsync(new JobQuery { State = JobState.Processing, Limit = MostUnderWay }, cancellationToken).ConfigureAwait(false);
        Dictionary<string, (string Bars, long Line)> now = [];
        foreach (JobRecord job in page.Jobs)
        {
            bool isKnown = _progress.TryGetValue(job.Id, out (string Bars, long Line) before);
            IReadOnlyList<JobProgress> bars = await jobs.Stores.Log.GetProgressAsync(job.Id, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ConsoleLine> lines = await jobs.Stores.Log.GetConsoleAsync(job.Id, before.Line, MostChanges, cancellationToken).ConfigureAwait(false);
            string mark = string.Join('|', bars.Select(bar => FormattableString.Invariant($"{bar.Number} {bar.Done} {bar.Note}")));
            now[job.Id] = (mark, lines.Count > 0 ? lines[^1].Number : before.Line);
            if (isKnown && before.Bars != mark)
            {
                feed.Publish(new ServiceChange("jobs", "progress", job.Id, job.RunId, null));
            }

            if (isKnown && lines.Count > 0)
            {
                feed.Publish(new ServiceChange("jobs", "console", job.Id, job.RunId, null));
            }
        }

        _progress = now;
    }

    private async Task LookAtRunsAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, RunMark> now = (await runs.ListMarksAsync(WatchedRuns, cancellationToken).ConfigureAwait(false)).ToDictionary(mark => mark.RunId, StringComparer.Ordinal);
        foreach (RunMark mark in now.Values.Where(mark => _runs is not null && _runs.GetValueOrDefault(mark.RunId) != mark))
        {
            feed.Publish(new ServiceChange("runs", "run", mark.RunId, mark.RunId, RunStateName.Of(mark.State)));
        }

        foreach (string gone in (_runs?.Keys ?? Enumerable.Empty<string>()).Where(id => !now.ContainsKey(id) && now.Count < WatchedRuns))
        {
            feed.Publish(new ServiceChange("runs", "run", gone, gone, "deleted"));
        }

        _runs = now;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes cannot be looked for: {Problem}")]
    private partial void LogUnreadable(string problem);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Changes are no longer looked for")]
    private partial void LogEnd();
}
