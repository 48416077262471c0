using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using NasEngine.Core.Devices.Remote;

namespace NasEngine.Web.Devices;

/// <summary>Devices as people see them; the calls of the devices themselves are beside them.</summary>
internal static class DeviceEndpoints
{
    private const int NoiseOf = 50;
    private const int ShownInList = 5;
    private const int ShownAlone = 200;

    /// <summary>Maps the addresses below <c>/devices</c> and <c>/agents</c>.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        AgentEndpoints.Map(api);
        RouteGroupBuilder devices = api.MapGroup("/devices").WithTags("Devices");
        devices.MapGet("/", ListAsync).RequireAuthorization("viewer").WithName("listDevices").WithSummary("Lists devices.");
        devices.MapGet("/{name}", ShowAsync).RequireAuthorization("viewer").WithName("showDevice").WithSummary("Shows a device with its last measurements.");
        devices.MapDelete("/{name}", RemoveAsync).RequireAuthorization("actor").WithName("removeDevice").WithSummary("Sends a device away and forgets it.");
        devices.MapPost("/{name}/remeasure", RemeasureAsync).RequireAuthorization("actor").WithName("remeasureDevice").WithSummary("Measures a few of a device's last networks again.");
        devices.MapPost("/token", TokenAsync).RequireAuthorization("actor").WithName("createDeviceToken").WithSummary("Makes a token for a device, and says how to attach one.");
    }

    private static async Task<Ok<DeviceListContract>> ListAsync(IDeviceStore store, CancellationToken cancellationToken)
    {
        List<DeviceContract> devices = [];
        foreach (AttachedDevice device in await store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            devices.Add(DeviceContract.Of(device, await store.ListMeasurementsAsync(device.Name, NoiseOf, cancellationToken).ConfigureAwait(false), ShownInList));
        }

        return TypedResults.Ok(new DeviceListContract(devices, devices.Count, NextCursor: null));
    }

    private static async Task<Results<Ok<DeviceContract>, ProblemHttpResult>> ShowAsync(string name, IDeviceStore store, CancellationToken cancellationToken) =>
        await FindAsync(store, name, cancellationToken).ConfigureAwait(false) is AttachedDevice device
            ? TypedResults.Ok(DeviceContract.Of(device, await store.ListMeasurementsAsync(name, ShownAlone, cancellationToken).ConfigureAwait(false), ShownAlone))
            : Missing(name);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string name, IDeviceStore store, CancellationToken cancellationToken) =>
        await store.RemoveAsync(name, cancellationToken).ConfigureAwait(false) ? TypedResults.NoContent() : Missing(name);

    private static async Task<Results<Accepted<StartedJobContract>, ProblemHttpResult>> RemeasureAsync(
        string name, IDeviceStore store, [FromServices] IDeviceJobs? jobs, CancellationToken cancellationToken)
    {
        if (await FindAsync(store, name, cancellationToken).ConfigureAwait(false) is not AttachedDevice device)
        {
            return Missing(name);
        }

        if (jobs is null)
        {
            return TypedResults.Problem("This service runs no jobs.", statusCode: StatusCodes.Status501NotImplemented);
        }

        string job = await jobs.RemeasureAsync(device.Form, cancellationToken).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/v1/jobs/{job}", new StartedJobContract(job));
    }

    private static async Task<Results<Ok<DeviceTokenContract>, ProblemHttpResult>> TokenAsync(
        HttpRequest request, [FromServices] IDeviceTokens? tokens, CancellationToken cancellationToken)
    {
        if (tokens is null)
        {
            return TypedResults.Problem("This service makes no tokens.", statusCode: StatusCodes.Status501NotImplemented);
        }

        string? token = await tokens.IssueAsync("a device attached from its page", cancellationToken).ConfigureAwait(false);
        string origin = $"{request.Scheme}://{request.Host}";
        string command = $"npm install --ignore-scripts {origin}/api/v1/agents/package.tgz && npx nas-device --server {origin}";
        return TypedResults.Ok(token is null
            ? new DeviceTokenContract(null, command, $"{origin}/device")
            : new DeviceTokenContract(token, $"{command} --token {token}", $"{origin}/device#token={token}"));
    }

    private static async Task<AttachedDevice?> FindAsync(IDeviceStore store, string name, CancellationToken cancellationToken) =>
        (await store.ListAsync(cancellationToken).ConfigureAwait(false)).SingleOrDefault(device => device.Name == name);

    private static ProblemHttpResult Missing(string name) => TypedResults.Problem(
        $"There is no device '{new string([.. name.Take(DeviceAttachment.MaxNameLength).Select(letter => char.IsControl(letter) ? ' ' : letter)])}'.",
        statusCode: StatusCodes.Status404NotFound);
}
