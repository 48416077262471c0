using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NasEngine.Web.Observability;

/// <summary>The names under which the service's metrics and traces go out.</summary>
internal static class Telemetry
{
    /// <summary>The name of this engine's meters and sources; parts of the engine add a suffix.</summary>
    public const string Name = "NasEngine";

    /// <summary>Gets the source of traces.</summary>
    public static ActivitySource Source { get; } = new(Name, ServiceVersion.Text);

    /// <summary>Gets the meter.</summary>
    public static Meter Meter { get; } = new(Name, ServiceVersion.Text);
}
