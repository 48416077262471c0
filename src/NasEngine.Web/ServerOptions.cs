using System.Net;
using NasEngine.Core.Errors;

namespace NasEngine.Web;

/// <summary>Settings of the service that <c>nas serve</c> starts.</summary>
public sealed record ServerOptions
{
    /// <summary>Gets the port it listens on. From 0 to 65535, where 0 takes a free one; 5210 unless set.</summary>
    public int Port { get; init; } = 5210;

    /// <summary>Gets the address it listens on: an IP address, or <c>localhost</c>. Loopback unless set; any other needs a token.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Gets the names that a request may call the service by, besides those of loopback. Without any, a service beyond loopback takes every name.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Gets a file of tokens, a line each: a role and a token; <see langword="null"/> for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Gets tokens as <c>ROLE:TOKEN</c>, separated by commas or blanks; <see langword="null"/> for none.</summary>
    public string? Tokens { get; init; }

    /// <summary>Gets a folder that pages are read from instead of those built in; <see langword="null"/> unless pages are being worked on.</summary>
    public string? PagesFolder { get; init; }

    /// <summary>Gets the folders of Node packages that libraries of the pages are served from, searched in order.</summary>
    public IReadOnlyList<string> ModuleFolders { get; init; } = [];

    /// <summary>Gets the requests that a client may make a second in the long run; 100 unless set.</summary>
    public int RequestsPerSecond { get; init; } = 100;

    /// <summary>Gets the requests that a client may make at once after a quiet time; 400 unless set.</summary>
    public int RequestBurst { get; init; } = 400;

    /// <summary>Gets how often a client may try to sign in in a minute; 10 unless set.</summary>
    public int SignInsPerMinute { get; init; } = 10;

    /// <summary>Gets the live streams that a client may have open at once; 12 unless set.</summary>
    public int StreamsPerClient { get; init; } = 12;

    /// <summary>Gets the largest body of a request, in bytes, where an endpoint does not say otherwise; 1 MiB unless set.</summary>
    public long MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Gets whether logs are written as JSON, an object a line.</summary>
    public bool JsonLogs { get; init; }

    /// <summary>Gets whether it can be reached from this machine alone.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Gives the address to listen on.</summary>
    /// <exception cref="UsageException">The host is no address, or the port is out of range.</exception>
    internal IPEndPoint EndPoint()
    {
        if (Port is < 0 or > 65535)
        {
            throw new UsageException($"--port takes a number from 0 to 65535, not {Port}.");
        }

        return Host == "localhost" ? new IPEndPoint(IPAddress.Loopback, Port)
            : IPAddress.TryParse(Host, out IPAddress? address) ? new IPEndPoint(address, Port)
            : throw new UsageException($"--host takes an IP address such as 127.0.0.1 or 0.0.0.0, not '{Host}'.");
    }
}
