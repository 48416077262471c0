using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Runs;
using NasEngine.Testing.Web;
using NasEngine.Web;

namespace NasEngine.Benchmarks.Web;

/// <summary>Fills a service with 100,000 finished jobs and a run of 50,000 evaluations, then asks for what their pages ask for: server time.</summary>
public static class ServiceBenchmark
{
    private const int Jobs = 100_000;
    private const int Evaluations = 50_000;
    private const int Times = 9;

    private static readonly string[] JobPage =
        ["status", "jobs?state=succeeded&limit=50", "jobs?limit=50", "jobs?state=failed&limit=50", "jobs?state=processing&limit=50", "jobs?queue=evaluate&limit=50", "jobs?kind=train&state=succeeded&limit=50", "jobs/history?hours=24"];

    private static readonly string[] RunPage =
    [
        "runs?limit=50", "runs/sample", "runs/sample/front", "runs/sample/front?stage=search", "runs/sample/scatter?x=latency@local&y=accuracy", "runs/sample/hypervolume", "runs/sample/training",
        "runs/sample/predictors", "runs/sample/genes", "runs/sample/evaluations?limit=500&after=40000", "jobs?run=sample&limit=20",
    ];

    /// <summary>Runs the benchmark.</summary>
    /// <returns>0.</returns>
    public static int Run(TextWriter output)
    {
        RunAsync(output).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(TextWriter output)
    {
        TestService service = await TestService.StartAsync(new ServerOptions { RequestBurst = 1_000_000, RequestsPerSecond = 1_000_000 }).ConfigureAwait(false);
        await using (service.ConfigureAwait(false))
        {
            await service.AddRunAsync("warm-up", 100).ConfigureAwait(false);
            await TimeAsync(service, [.. JobPage, .. RunPage.Select(path => path.Replace("sample", "warm-up", StringComparison.Ordinal))], null).ConfigureAwait(false);
            await FinishedJobs.AddAsync(service.Jobs.Stores.Jobs, Jobs).ConfigureAwait(false);
            RunRecord run = await service.AddRunAsync("sample", Evaluations).ConfigureAwait(false);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Jobs} finished jobs; run {run.Id} with {Evaluations} evaluations")).ConfigureAwait(false);
            await output.WriteLineAsync("first time (nothing kept yet) and median of later times, in milliseconds of server time; KiB").ConfigureAwait(false);
            await TimeAsync(service, JobPage, output).ConfigureAwait(false);
            await TimeAsync(service, RunPage, output).ConfigureAwait(false);
        }
    }

    private static async Task TimeAsync(TestService service, string[] paths, TextWriter? output)
    {
        foreach (string path in paths)
        {
            (double first, int bytes) = await OnceAsync(service, path).ConfigureAwait(false);
            List<double> later = [];
            for (int time = 0; time < Times; time++)
            {
                later.Add((await OnceAsync(service, path).ConfigureAwait(false)).Milliseconds);
            }

            later.Sort();
            if (output is not null)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path,-58} {first,8:0.0} {later[Times / 2],8:0.0} {bytes / 1024.0,8:0.0}")).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(double Milliseconds, int Bytes)> OnceAsync(TestService service, string path)
    {
        long started = Stopwatch.GetTimestamp();
        byte[] answer = await service.Client.GetByteArrayAsync("/api/v1/" + path).ConfigureAwait(false);
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, answer.Length);
    }
}
