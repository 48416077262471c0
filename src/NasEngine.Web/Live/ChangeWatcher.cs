using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Queries;

namespace NasEngine.Web.Live;

/// <summary>Looks once a second for what other processes changed in the store, while anybody listens.</summary>
internal sealed partial class ChangeWatcher(ChangeFeed feed, IRunQueries runs, TimeProvider time, ILogger<ChangeWatcher> logger) : BackgroundService
{
    // Runs further back than the newest so many do not change.
    private const int WatchedRuns = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private Dictionary<string, RunMark>? _runs;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        while (await NextAsync(timer, stoppingToken).ConfigureAwait(false))
        {
            if (!feed.HasListeners)
            {
                _runs = null;
                continue;
            }

            try
            {
                await LookAtRunsAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (NasException problem)
            {
                LogUnreadable(problem.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
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
}
