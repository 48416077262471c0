using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>The service at a glance, and who works for it.</summary>
internal static class StatusEndpoints
{
    /// <summary>A worker that was silent for longer is taken for dead.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private const int MostAttempts = 2000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/status", ShowAsync).WithTags("Service").RequireAuthorization(AccessRules.Viewer).WithName("showStatus").WithSummary("Shows the service at a glance.");
        api.MapGet("/workers", ListWorkersAsync).WithTags("Service").RequireAuthorization(AccessRules.Viewer).WithName("listWorkers").WithSummary("Lists who takes jobs.");
        api.MapGet("/workers/timeline", TimelineAsync).WithTags("Service").RequireAuthorization(AccessRules.Viewer).WithName("workerTimeline").WithSummary("Gives what workers did in the last minutes, job by job.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<StatusContract> ShowAsync(
        ServerServices services, IRunQueries queries, JobStores stores, IDeviceStore devices, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<RunState, long> runs = await queries.CountByStateAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<JobState, long> jobs = await stores.Jobs.CountAsync(null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<AttachedDevice> attached = await devices.ListAsync(cancellationToken).ConfigureAwait(false);
        return new StatusContract(
            ServiceVersion.Text, services.Store.Kind, JobStateName.Counts(jobs),
            new RunCountsContract(runs.GetValueOrDefault(RunState.Running), runs.GetValueOrDefault(RunState.Done), runs.GetValueOrDefault(RunState.Failed), runs.GetValueOrDefault(RunState.Stopped)),
            new DeviceCountsContract(attached.Count(device => device.Activity != DeviceActivity.Offline), attached.Count),
            await WorkersAsync(stores, time, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<WorkerTimelineContract> TimelineAsync(JobStores stores, TimeProvider time, int? minutes, CancellationToken cancellationToken)
    {
        int wanted = minutes switch { null => 60, >= 1 and <= 24 * 60 => minutes.Value, _ => throw new UsageException("minutes is a whole number from 1 to 1440.") };
        DateTimeOffset now = time.GetUtcNow(), from = now.AddMinutes(-wanted);
        IReadOnlyList<JobAttempt> attempts = await stores.Log.GetAttemptsAsync(from, MostAttempts + 1, cancellationToken).ConfigureAwait(false);
        bool isShortened = attempts.Count > MostAttempts;
        return new WorkerTimelineContract(from, now, [.. attempts.Skip(isShortened ? 1 : 0).Select(WorkerTimeContract.Of)], isShortened);
    }

    private static async Task<Listed<WorkerContract>> ListWorkersAsync(JobStores stores, TimeProvider time, CancellationToken cancellationToken) =>
        Listed<WorkerContract>.Whole(await WorkersAsync(stores, time, cancellationToken).ConfigureAwait(false));

    private static async Task<List<WorkerContract>> WorkersAsync(JobStores stores, TimeProvider time, CancellationToken cancellationToken)
    {
        List<WorkerContract> workers = [];
        foreach (WorkerRecord worker in await stores.Workers.GetWorkersAsync(cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<JobRecord> held = await stores.Jobs.HeldByAsync(worker.Id, cancellationToken).ConfigureAwait(false);
            workers.Add(new WorkerContract(
                worker.Id, worker.Name, worker.Host, worker.ProcessId, worker.StartedAt, worker.LastSeen, time.GetUtcNow() - worker.LastSeen < Silence,
                [.. worker.Queues.Keys.Order(StringComparer.Ordinal)], [.. worker.Devices.Keys.Order(StringComparer.Ordinal)],
                new CapabilitiesContract(worker.Capabilities.CpuThreads, worker.Capabilities.Cuda, worker.Capabilities.System),
                [.. held.Select(job => new WorkerJobContract(job.Id, job.Title, job.StartedAt))]));
        }

        return workers;
    }
}
