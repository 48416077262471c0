using System.Collections.Concurrent;
using System.Threading.Channels;

namespace NasEngine.Web.Live;

/// <summary>Hands changes on to whoever listens. Thread-safe.</summary>
internal sealed class ChangeFeed
{
    // A listener that is this far behind has lost its connection; it asks for everything anew when it comes back.
    private const int MostWaiting = 512;

    private readonly ConcurrentDictionary<Guid, Channel<ServiceChange>> _listeners = [];

    /// <summary>Gets whether anybody listens: otherwise nobody has to look for changes.</summary>
    public bool HasListeners => !_listeners.IsEmpty;

    /// <summary>Tells everybody of a change. Never waits.</summary>
    public void Publish(ServiceChange change)
    {
        foreach (Channel<ServiceChange> channel in _listeners.Values)
        {
            channel.Writer.TryWrite(change);
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <returns>The changes from now on, and what ends the listening.</returns>
    public (ChannelReader<ServiceChange> Changes, IDisposable Listening) Listen()
    {
        Guid id = Guid.NewGuid();
        Channel<ServiceChange> channel = Channel.CreateBounded<ServiceChange>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _listeners[id] = channel;
        return (channel.Reader, new Registration(this, id));
    }

    private sealed class Registration(ChangeFeed feed, Guid id) : IDisposable
    {
        public void Dispose() => feed._listeners.TryRemove(id, out _);
    }
}

/// <summary>Something changed.</summary>
/// <param name="Topic">What kind of thing: <c>jobs</c>, <c>runs</c> or <c>devices</c>.</param>
/// <param name="Event">The event's name: <c>job</c>, <c>run</c>, <c>progress</c>, <c>console</c>, <c>queue</c> or <c>device</c>.</param>
/// <param name="Id">Which one.</param>
/// <param name="RunId">The run that it belongs to, or <see langword="null"/>.</param>
/// <param name="State">The state it has now, or <see langword="null"/>.</param>
internal sealed record ServiceChange(string Topic, string Event, string Id, string? RunId, string? State);
