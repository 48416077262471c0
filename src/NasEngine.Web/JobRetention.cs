using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Background;

namespace NasEngine.Web;

/// <summary>Removes jobs that ended long ago, every hour.</summary>
internal sealed partial class JobRetention(JobService jobs, ServiceSettings settings, TimeProvider time, ILogger<JobRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await RemoveAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogEnd();
        }
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (settings.RetentionDays == 0)
        {
            return;
        }

        try
        {
            int removed = await jobs.RemoveFinishedAsync(settings.RetentionDays, cancellationToken).ConfigureAwait(false);
            LogRemoved(removed);
        }
        catch (NasException problem)
        {
            LogProblem(problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Old jobs are no longer looked for")]
    private partial void LogEnd();

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} jobs that ended long ago")]
    private partial void LogRemoved(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old jobs cannot be removed: {Problem}")]
    private partial void LogProblem(string problem);
}
