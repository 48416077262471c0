using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Runs;
using NasEngine.Web.Contracts;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>The service at a glance.</summary>
internal static class StatusEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/status", ShowAsync).WithTags("Service").RequireAuthorization(AccessRules.Viewer).WithName("showStatus").WithSummary("Shows the service at a glance.");

    private static async Task<StatusContract> ShowAsync(ServerServices services, IRunQueries queries, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<RunState, long> runs = await queries.CountByStateAsync(cancellationToken).ConfigureAwait(false);
        return new StatusContract(
            ServiceVersion.Text, services.Store.Kind,
            new RunCountsContract(runs.GetValueOrDefault(RunState.Running), runs.GetValueOrDefault(RunState.Done), runs.GetValueOrDefault(RunState.Failed), runs.GetValueOrDefault(RunState.Stopped)));
    }
}
