using System.Diagnostics;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;
using NasEngine.Testing.Web;

namespace NasEngine.IntegrationTests.Web;

/// <summary>What a collector gets from a service that is told of one as the standard says.</summary>
internal sealed class TelemetryExportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string[] Metrics =
        ["nas.jobs", "nas.jobs.started", "nas.jobs.duration", "nas.evaluations", "nas.evaluations.stored", "nas.store.duration", "nas.runs", "http.server.request.duration"];

    [Test]
    [CancelAfter(180_000)]
    public async Task Serve_WithACollector_SendsItMetricsAndTracesOfRequestsAndJobs()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();
        using TemporaryFolder folder = new();
        NasProcess place = new(folder.PathOf("place"));
        place.Environs["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        place.Environs["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        place.Environs["OTEL_METRIC_EXPORT_INTERVAL"] = "200";
        place.Environs["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        ServiceRun run = await ServiceRun.StartAsync(place.Database, place, new SmallExperiment(folder.PathOf("experiment")).File, KeyValuePair.Create("train.steps", "2"));
        await using (run)
        {
            using Process serve = place.Start("serve", "--port", "0");
            string address = (await serve.StandardOutput.ReadLineAsync())!.Replace("listening on ", string.Empty, StringComparison.Ordinal);
            Task<NasOutcome> end = NasProcess.EndAsync(serve);
            using HttpClient client = new() { BaseAddress = new Uri(address) };
            long started = TimeProvider.System.GetTimestamp();
            while (Missing(collector).Length > 0 && TimeProvider.System.GetElapsedTime(started) < Limit && !end.IsCompleted)
            {
                Assert.That((await client.GetAsync(new Uri("/api/v1/status", UriKind.Relative))).IsSuccessStatusCode, Is.True);
                await Task.Delay(100);
            }

            NasProcess.Interrupt(serve);
            NasOutcome outcome = await end;
            Assert.That(Missing(collector), Is.Empty, outcome.ToString());
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
            Assert.That(collector.ContentTypes, Is.EqualTo(new[] { "application/x-protobuf" }));
        }
    }

    private static string[] Missing(OtlpCollector collector) =>
    [
        .. Metrics.Where(name => !collector.HasMetric(name)),
        .. ((string[])["GET /api/v1/status", "job train", "job evaluate"]).Where(name => !collector.HasSpan(name)),
    ];
}
