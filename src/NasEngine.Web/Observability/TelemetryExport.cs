using Microsoft.Extensions.Hosting;
using NasEngine.Core.Machine;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NasEngine.Web.Observability;

/// <summary>Sends metrics and traces to a collector by OTLP while the service runs, if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.</summary>
internal sealed class TelemetryExport(ServiceGauges gauges) : IHostedService
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (EnvironmentSetting.Find("OTEL_EXPORTER_OTLP_ENDPOINT") is null)
        {
            return Task.CompletedTask;
        }

        gauges.Register();
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("nas", serviceVersion: ServiceVersion.Text).AddEnvironmentVariableDetector();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("Microsoft.AspNetCore", Telemetry.Name, Telemetry.Name + ".*").AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", Telemetry.Name, Telemetry.Name + ".*").AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        return Task.CompletedTask;
    }
}
