using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NasEngine.Testing.Web;

/// <summary>Takes what a program sends by OTLP over HTTP, in protocol buffers, and knows the names in it.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    // A text of a message is its field's number and kind, its length, its bytes.
    private const byte NameOfMetric = (1 << 3) | 2;
    private const byte NameOfSpan = (5 << 3) | 2;

    private readonly ConcurrentQueue<(string Path, string ContentType, byte[] Body)> _received = new();
    private readonly WebApplication _app;

    private OtlpCollector()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>Gets what <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is to be.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Gets the kinds of content that came.</summary>
    public IReadOnlyCollection<string> ContentTypes => [.. _received.Select(one => one.ContentType).Distinct()];

    /// <summary>Starts to listen on a free port of loopback.</summary>
    public static async Task<OtlpCollector> StartAsync()
    {
        OtlpCollector collector = new();
        await collector._app.StartAsync().ConfigureAwait(false);
        return collector;
    }

    /// <summary>Says whether a metric of exactly this name came.</summary>
    public bool HasMetric(string name) => Has("/v1/metrics", NameOfMetric, name);

    /// <summary>Says whether a span of exactly this name came.</summary>
    public bool HasSpan(string name) => Has("/v1/traces", NameOfSpan, name);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private bool Has(string path, byte field, string name)
    {
        byte[] sought = [field, (byte)Encoding.UTF8.GetByteCount(name), .. Encoding.UTF8.GetBytes(name)];
        return _received.Any(one => one.Path == path && one.Body.AsSpan().IndexOf(sought) >= 0);
    }

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body).ConfigureAwait(false);
        _received.Enqueue((context.Request.Path, context.Request.ContentType ?? string.Empty, body.ToArray()));
        context.Response.ContentType = context.Request.ContentType;
    }
}
