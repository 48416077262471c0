using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Background;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Queues: look, pause, resume.</summary>
internal static class QueueEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder queues = api.MapGroup("/queues").WithTags("Queues").RequireAuthorization(AccessRules.Viewer);
        queues.MapGet("/", ListAsync).WithName("listQueues").WithSummary("Lists queues that are served, paused, or hold unfinished jobs.");
        Described(queues.MapPost("/{name}/pause", PauseAsync), "pauseQueue", "Pauses a queue: no worker begins a job of it; jobs under way go on to their ends.");
        Described(queues.MapPost("/{name}/resume", ResumeAsync), "resumeQueue", "Lets a queue that was paused hand out jobs again.");
    }

    private static void Described(RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.RequireAuthorization(AccessRules.Actor).WithName(name).WithSummary(summary).ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Listed<QueueContract>> ListAsync(JobStores stores, TimeProvider time, CancellationToken cancellationToken)
    {
        WorkerRecord[] workers =
        [
            .. (await stores.Workers.GetWorkersAsync(cancellationToken).ConfigureAwait(false)).Where(worker => time.GetUtcNow() - worker.LastSeen < StatusEndpoints.Silence),
        ];
        Dictionary<string, QueueRecord> known = (await stores.Queues.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(queue => queue.Name, StringComparer.Ordinal);
        IEnumerable<string> names = known.Keys.Union(workers.SelectMany(worker => worker.Queues.Keys).Where(name => !name.EndsWith('*')), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return Listed<QueueContract>.Whole([.. names.Select(name =>
            QueueContract.Of(known.GetValueOrDefault(name) ?? JobQueues.Empty(name), workers.Count(worker => worker.Queues.Keys.Any(served => JobQueues.Covers(served, name)))))]);
    }

    private static Task<QueueContract> PauseAsync(JobService service, string name, CancellationToken cancellationToken) => ChangeAsync(service, name, isPaused: true, cancellationToken);

    private static Task<QueueContract> ResumeAsync(JobService service, string name, CancellationToken cancellationToken) => ChangeAsync(service, name, isPaused: false, cancellationToken);

    private static async Task<QueueContract> ChangeAsync(JobService service, string name, bool isPaused, CancellationToken cancellationToken)
    {
        // The only character that a path keeps encoded; names of recordings have it.
        string queue = Paging.Text(name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), nameof(name)) ?? string.Empty;
        return QueueContract.Of(await service.SetPausedAsync(queue, isPaused, cancellationToken).ConfigureAwait(false), null);
    }
}
