using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Devices;

/// <summary>What device agents call: attach, ask for work, hold it, give results.</summary>
internal static class AgentEndpoints
{
    private const long LargestResult = 16 * 1024 * 1024;
    private const int LongestKey = 512;
    private static readonly TimeSpan PollTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder agents = api.MapGroup("/agents").WithTags("Agents").AddEndpointFilter(AgentFaults.AnswerAsync).RequireAuthorization("device");
        agents.MapPost("/", AttachAsync).WithName("attachAgent").WithSummary("Attaches a device.");
        agents.MapPost("/{agent}/leave", LeaveAsync).WithName("detachAgent").WithSummary("Ends a session; work that is held goes back.");
        agents.MapPost("/{agent}/lease", LeaseAsync).WithName("leaseWork").WithSummary("Waits for work.");
        agents.MapGet("/{agent}/models/{sha256}", ModelAsync).WithName("getAgentModel").WithSummary("Gives a file of work that is held.");
        RouteGroupBuilder lease = agents.MapGroup("/{agent}/leases/{lease}");
        lease.MapPost("/heartbeat", HoldAsync).WithName("holdWork").WithSummary("Holds work.");
        lease.MapPost("/results", StoreAsync).WithName("storeResult").WithSummary("Gives the result for one network.").WithMetadata(new RequestSizeLimitAttribute(LargestResult));
        lease.MapPost("/finish", FinishAsync).WithName("finishWork").WithSummary("Ends work that is done.");
        lease.MapPost("/fail", FailAsync).WithName("returnWork").WithSummary("Gives work back that can't be done.");
        api.MapGet("/agents/package.tgz", Package).WithTags("Agents").WithName("getAgentPackage").WithSummary("Gives the agent for Node as an npm package.").AllowAnonymous();
    }

    private static async Task<Ok<AttachedContract>> AttachAsync(AttachContract body, IDeviceStore store, CancellationToken cancellationToken)
    {
        DeviceSession session = await store.AttachAsync(body.ToAttachment(), cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new AttachedContract(session.Id, session.Name, session.LeaseTime.TotalSeconds, PollTime.TotalSeconds));
    }

    private static async Task<NoContent> LeaveAsync(string agent, IDeviceStore store, CancellationToken cancellationToken)
    {
        await store.LeaveAsync(agent, cancellationToken).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<LeaseContract>, NoContent>> LeaseAsync(
        string agent, IDeviceStore store, TimeProvider time, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        while (true)
        {
            if (await store.LeaseAsync(agent, cancellationToken).ConfigureAwait(false) is DeviceLease lease)
            {
                return TypedResults.Ok(LeaseContract.Of(agent, lease));
            }

            await store.WaitAsync(LookAgain, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || time.GetElapsedTime(began) >= PollTime)
            {
                return TypedResults.NoContent();
            }
        }
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ModelAsync(string agent, string sha256, IDeviceStore store, CancellationToken cancellationToken) =>
        await store.FindContentAsync(agent, sha256, cancellationToken).ConfigureAwait(false) is byte[] content
            ? TypedResults.File(content, "application/octet-stream")
            : TypedResults.Problem("No work that this agent holds has such a file.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Ok<HeartbeatContract>> HoldAsync(string agent, string lease, IDeviceStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new HeartbeatContract(await store.HoldAsync(agent, lease, cancellationToken).ConfigureAwait(false) == DeviceHeartbeat.Cancelled));

    private static async Task<Ok<AcceptedContract>> StoreAsync(string agent, string lease, JsonElement body, IDeviceStore store, CancellationToken cancellationToken)
    {
        (string key, string document) = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("outputs", out _)
            ? RunOutputs.Parse(body) is var outputs ? (outputs.Key, outputs.ToJson()) : default
            : MeasuredEvent.Parse(body) is var measured ? (measured.Key, measured.ToJson()) : default;
        if (key.Length > LongestKey || key.Any(char.IsControl))
        {
            throw new InputFormatException("result", [new InputFault("$.key", $"must be a line of at most {LongestKey} characters.")]);
        }

        return TypedResults.Ok(new AcceptedContract(await store.StoreAsync(agent, lease, key, document, cancellationToken).ConfigureAwait(false)));
    }

    private static async Task<NoContent> FinishAsync(string agent, string lease, FinishContract body, IDeviceStore store, CancellationToken cancellationToken)
    {
        string summary = body.Batch.ValueKind == JsonValueKind.Object ? body.Batch.GetRawText() : "{}";
        await store.FinishAsync(agent, lease, summary, cancellationToken).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> FailAsync(string agent, string lease, FailContract body, IDeviceStore store, CancellationToken cancellationToken)
    {
        await store.FailAsync(agent, lease, body.ToFault(), cancellationToken).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static FileContentHttpResult Package() => TypedResults.File(AgentPackage.Content, "application/gzip", "nas-device-agent.tgz");
}
