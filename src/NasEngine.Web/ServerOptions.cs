namespace NasEngine.Web;

/// <summary>Settings of the service that <c>nas serve</c> starts.</summary>
public sealed record ServerOptions
{
    /// <summary>Gets the port it listens on. From 1 to 65535; 5210 unless set.</summary>
    public int Port { get; init; } = 5210;

    /// <summary>Gets the address it listens on. Loopback unless set; any other needs a token.</summary>
    public string Host { get; init; } = "127.0.0.1";
}
