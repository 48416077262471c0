using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using NasEngine.Core.Errors;
using NasEngine.Web.Contracts;
using NasEngine.Web.Live;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Endpoints;

/// <summary>Live updates: says what changed, so that pages fetch it anew.</summary>
internal static class EventEndpoints
{
    private static readonly string[] Topics = ["jobs", "runs", "devices"];
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly ConcurrentDictionary<(ChangeFeed Feed, string Client), int> Open = new();

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", Stream).WithTags("Live").RequireAuthorization(AccessRules.Viewer).WithName("streamEvents").WithSummary("Streams changes as server-sent events.")
            .Produces<EventContract>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static IResult Stream(
        HttpContext context, ChangeFeed feed, ServerOptions options, TimeProvider time, IHostApplicationLifetime lifetime, string? run, string? job, string? topic)
    {
        HashSet<string> topics = [.. (Paging.Text(topic, nameof(topic)) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (topics.FirstOrDefault(name => !Topics.Contains(name)) is string unknown)
        {
            throw UsageException.UnknownName("topic", unknown, Topics);
        }

        (string? wantedRun, string? wantedJob) = (Paging.Text(run, nameof(run)), Paging.Text(job, nameof(job)));
        bool all = topics.Count == 0 && wantedRun is null && wantedJob is null;
        string client = RequestLimits.ClientOf(context);
        if (Open.AddOrUpdate((feed, client), 1, static (_, count) => count + 1) > options.StreamsPerClient)
        {
            Release(feed, client);
            return TypedResults.Problem($"At most {options.StreamsPerClient} streams may be open at once.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too Many Requests", type: "about:blank");
        }

        // However the request ends, also before the first event.
        context.Response.OnCompleted(() =>
        {
            Release(feed, client);
            return Task.CompletedTask;
        });

        bool IsWanted(ServiceChange change) => all || topics.Contains(change.Topic) || (wantedRun is not null && change.RunId == wantedRun) || (wantedJob is not null && change.Id == wantedJob);
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(EventsAsync(feed, IsWanted, time, lifetime.ApplicationStopping, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<EventContract>> EventsAsync(
        ChangeFeed feed, Func<ServiceChange, bool> isWanted, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        (ChannelReader<ServiceChange> changes, IDisposable listening) = feed.Listen();
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        try
        {
            yield return Ping(time);
            while (!ended.IsCancellationRequested)
            {
                ServiceChange? change = await NextAsync(changes, time, ended.Token).ConfigureAwait(false);
                if (change is null && !ended.IsCancellationRequested)
                {
                    yield return Ping(time);
                }
                else if (change is not null && isWanted(change))
                {
                    yield return new SseItem<EventContract>(new EventContract(change.Id, change.RunId, change.State, null), change.Event);
                }
            }
        }
        finally
        {
            listening.Dispose();
        }
    }

    // Gives the next change, or nothing if it is time for a heartbeat or the stream ends.
    private static async Task<ServiceChange?> NextAsync(ChannelReader<ServiceChange> changes, TimeProvider time, CancellationToken ended)
    {
        using CancellationTokenSource beat = new(Heartbeat, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, ended);
        try
        {
            return await changes.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static SseItem<EventContract> Ping(TimeProvider time) => new(new EventContract(null, null, null, time.GetUtcNow()), "ping");

    private static void Release(ChangeFeed feed, string client)
    {
        if (Open.AddOrUpdate((feed, client), 0, static (_, count) => count - 1) <= 0)
        {
            Open.TryRemove(KeyValuePair.Create((feed, client), 0));
        }
    }
}
