using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Jobs;
using NasEngine.Jobs.Background;
using NasEngine.Web.Contracts;
using NasEngine.Web.Errors;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Recurring jobs.</summary>
internal static class RecurringEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder recurring = api.MapGroup("/recurring").WithTags("Recurring jobs").RequireAuthorization(AccessRules.Viewer);
        recurring.MapGet("/", ListAsync).WithName("listRecurring").WithSummary("Lists recurring jobs.");
        recurring.MapPut("/{id}", PutAsync).RequireAuthorization(AccessRules.Actor).WithName("putRecurring").WithSummary("Adds or changes a recurring job.").ProducesProblem(StatusCodes.Status400BadRequest);
        recurring.MapPost("/{id}/trigger", TriggerAsync).RequireAuthorization(AccessRules.Actor).WithName("triggerRecurring").WithSummary("Makes the job of a recurring one now.").ProducesProblem(StatusCodes.Status404NotFound);
        recurring.MapDelete("/{id}", DeleteAsync).RequireAuthorization(AccessRules.Actor).WithName("deleteRecurring").WithSummary("Removes a recurring job.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Listed<RecurringContract>> ListAsync(JobStores stores, CancellationToken cancellationToken) =>
        Listed<RecurringContract>.Whole([.. (await stores.Recurring.GetRecurringAsync(cancellationToken).ConfigureAwait(false)).Select(RecurringContract.Of)]);

    private static async Task<RecurringContract> PutAsync(JobService service, string id, RecurringPutContract wanted, CancellationToken cancellationToken)
    {
        string payload = wanted.Payload.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "{}" : wanted.Payload.GetRawText();
        return RecurringContract.Of(await service.PutRecurringAsync(
            new RecurringJob
            {
                Id = id,
                Kind = Paging.Text(wanted.Kind, "kind") ?? string.Empty,
                Title = Paging.Text(wanted.Title, "title") ?? id,
                Payload = payload,
                Cron = Paging.Text(wanted.Cron, "cron") ?? string.Empty,
                TimeZone = Paging.Text(wanted.TimeZone, "timeZone") ?? "UTC",
                Enabled = wanted.Enabled ?? true,
            },
            cancellationToken).ConfigureAwait(false));
    }

    private static async Task<Accepted<AddedJobContract>> TriggerAsync(JobStores stores, JobService service, string id, CancellationToken cancellationToken)
    {
        await RequireAsync(stores, id, cancellationToken).ConfigureAwait(false);
        JobRecord job = await service.TriggerRecurringAsync(id, cancellationToken).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", new AddedJobContract(job.Id));
    }

    private static async Task<NoContent> DeleteAsync(JobStores stores, JobService service, string id, CancellationToken cancellationToken)
    {
        await RequireAsync(stores, id, cancellationToken).ConfigureAwait(false);
        await service.RemoveRecurringAsync(id, cancellationToken).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task RequireAsync(JobStores stores, string id, CancellationToken cancellationToken)
    {
        if ((await stores.Recurring.GetRecurringAsync(cancellationToken).ConfigureAwait(false)).All(known => known.Id != id))
        {
            throw new MissingException($"There is no recurring job '{MissingException.Shown(id)}'.");
        }
    }
}
