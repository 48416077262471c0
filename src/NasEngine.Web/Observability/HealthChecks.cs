using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Contracts;
using NasEngine.Web.Endpoints;

namespace NasEngine.Web.Observability;

/// <summary>Looks whether the service can work. Nothing that it says names a place: anyone may ask.</summary>
internal sealed class HealthChecks(IRunQueries queries, JobStores jobs, Workplace workplace, TimeProvider time)
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";

    private const long LittleSpace = 2L * 1024 * 1024 * 1024;
    private const long NoSpace = 64L * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] WorstFirst = [Unhealthy, Degraded, Healthy];

    /// <summary>Looks at everything.</summary>
    public async Task<HealthContract> LookAsync(CancellationToken cancellationToken)
    {
        HealthCheckContract[] checks = [await StoreAsync(cancellationToken).ConfigureAwait(false), await WorkersAsync(cancellationToken).ConfigureAwait(false), Disk()];
        return new HealthContract(WorstFirst.First(status => checks.Any(check => check.Status == status)), checks);
    }

    private async Task<HealthCheckContract> StoreAsync(CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        using CancellationTokenSource limit = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await queries.CountByStateAsync(either.Token).ConfigureAwait(false);
            return new HealthCheckContract("store", Healthy, FormattableString.Invariant($"answered in {time.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        }
        catch (Exception problem) when (problem is NasException || (problem is OperationCanceledException && limit.IsCancellationRequested))
        {
            return new HealthCheckContract("store", Unhealthy, problem is NasException ? "cannot be read" : "does not answer");
        }
    }

    private async Task<HealthCheckContract> WorkersAsync(CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            int alive = (await jobs.Workers.GetWorkersAsync(cancellationToken).ConfigureAwait(false)).Count(worker => now - worker.LastSeen < StatusEndpoints.Silence);
            return new HealthCheckContract("workers", alive > 0 ? Healthy : Degraded, alive > 0 ? FormattableString.Invariant($"{alive} alive") : "none is alive: jobs wait");
        }
        catch (NasException)
        {
            return new HealthCheckContract("workers", Degraded, "not known while the store cannot be read");
        }
    }

    private HealthCheckContract Disk()
    {
        try
        {
            long free = new DriveInfo(Path.GetFullPath(workplace.Results)).AvailableFreeSpace;
            string detail = FormattableString.Invariant($"{free / (1024.0 * 1024 * 1024):0.0} GiB free");
            return new HealthCheckContract("disk", free < NoSpace ? Unhealthy : free < LittleSpace ? Degraded : Healthy, detail);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new HealthCheckContract("disk", Degraded, "free space is not known");
        }
    }
}
