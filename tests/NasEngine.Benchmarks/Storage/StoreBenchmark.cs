using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;
using NasEngine.Testing.Storage;

namespace NasEngine.Benchmarks.Storage;

/// <summary>Fills a store with a million evaluations of 200 runs in batches of 100, then reads fronts: rates and times, for SQLite and PostgreSQL.</summary>
/// <remarks>PostgreSQL runs with its own settings, so that each commit waits for the disk; where it is not installed it is left out.</remarks>
public static class StoreBenchmark
{
    private const int Runs = 200;
    private const int EvaluationsPerRun = 5_000;
    private const int BatchSize = 100;

    private static readonly Objective[] Two = [new(new MetricKey("latency", "local"), Goal.Minimize), new(new MetricKey("accuracy"), Goal.Maximize)];
    private static readonly Objective[] Three = [.. Two, new(new MetricKey("memory"), Goal.Minimize)];
    private static readonly Constraint[] Limits = [new(new MetricKey("latency", "local"), null, 30)];

    /// <summary>Runs the benchmark in a new folder below the temporary one, which is removed again.</summary>
    /// <returns>0.</returns>
    public static int Run(TextWriter output)
    {
        RunAsync(output).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nas-bench-");
        string file = Path.Combine(folder.FullName, "nas.db");
        try
        {
            await FillAndReadAsync("SQLite", file, output).ConfigureAwait(false);
            await OpenAsync(file, output).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        if (PostgresServer.Binaries is null)
        {
            await output.WriteLineAsync("PostgreSQL is not installed.").ConfigureAwait(false);
            return;
        }

        using PostgresServer server = new(durable: true);
        await FillAndReadAsync("PostgreSQL", server.NewStore(), output).ConfigureAwait(false);
    }

    private static async Task FillAndReadAsync(string name, string location, TextWriter output)
    {
        await using IRunStore store = await RunStores.OpenAsync(location).ConfigureAwait(false);
        await output.WriteLineAsync(name).ConfigureAwait(false);
        await FillAsync(store, output).ConfigureAwait(false);
        await ReadAsync(store, output).ConfigureAwait(false);
    }

    // Three quarters of the runs come from one writer, the others from four at once, as workers do.
    private static async Task FillAsync(IRunStore store, TextWriter output)
    {
        for (int run = 0; run < Runs; run++)
        {
            await store.AddRunAsync(new RunRecord(Id(run), "bench", "space", "f", "{}", run, RunState.Running, DateTimeOffset.UnixEpoch.AddSeconds(run), "{}"), default).ConfigureAwait(false);
        }

        await FillAsync(store, 0, Runs * 3 / 4, writers: 1, output).ConfigureAwait(false);
        await FillAsync(store, Runs * 3 / 4, Runs / 4, writers: 4, output).ConfigureAwait(false);
    }

    private static async Task FillAsync(IRunStore store, int first, int runs, int writers, TextWriter output)
    {
        ConcurrentBag<double> batchMs = [];
        TimeSpan taken = TimeSpan.Zero;
        TimeSpan processor = TimeSpan.Zero;
        foreach (int[] some in Enumerable.Range(first, runs).Chunk(20))
        {
            (string, MetricSet)[][] rows = [.. some.Select(run => NewRows(new Random(run)))];
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(Enumerable.Range(0, some.Length), new ParallelOptions { MaxDegreeOfParallelism = writers }, async (place, cancellationToken) =>
            {
                foreach ((string, MetricSet)[] batch in rows[place].Chunk(BatchSize))
                {
                    long begun = Stopwatch.GetTimestamp();
                    await store.AppendEvaluationsAsync(Id(some[place]), "search", batch, cancellationToken).ConfigureAwait(false);
                    batchMs.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                }
            }).ConfigureAwait(false);
            taken += Stopwatch.GetElapsedTime(start);
            processor += Environment.CpuUsage.TotalTime - before;
        }

        double[] sorted = [.. batchMs.Order()];
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"append, batches of {BatchSize}, writers: {writers}: {runs * EvaluationsPerRun / taken.TotalSeconds:n0} evaluations/s; a batch takes {sorted[sorted.Length / 2]:n2} ms (median), {sorted[(int)(sorted.Length * 0.99)]:n2} ms (99 %), {processor.TotalMilliseconds / sorted.Length:n2} ms processor time of this process (mean)")).ConfigureAwait(false);
    }

    private static async Task ReadAsync(IRunStore store, TextWriter output)
    {
        await ReportAsync(output, "front, 2 objectives, 1 constraint", run => store.GetFrontAsync(Id(run), "search", Two, Limits, default)).ConfigureAwait(false);
        await ReportAsync(output, "front, 3 objectives, 1 constraint", run => store.GetFrontAsync(Id(run), "search", Three, Limits, default)).ConfigureAwait(false);
        await ReportAsync(output, "all evaluations of a run", run => store.GetEvaluationsAsync(Id(run), "search", default)).ConfigureAwait(false);
        await ReportAsync<RunRecord?>(output, "the newest run", async run => [await store.FindRunAsync("latest", default).ConfigureAwait(false)]).ConfigureAwait(false);
    }

    private static async Task ReportAsync<T>(TextWriter output, string what, Func<int, Task<IReadOnlyList<T>>> read)
    {
        int rows = (await read(0).ConfigureAwait(false)).Count;
        List<double> ms = [];
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int run = 1; run < Runs; run += 5)
        {
            long start = Stopwatch.GetTimestamp();
            await read(run).ConfigureAwait(false);
            ms.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        double processorMs = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / ms.Count;
        ms.Sort();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {ms[0]:n2} ms (least), {ms[ms.Count / 2]:n2} ms (median of {ms.Count}), {ms[^1]:n2} ms (most), {processorMs:n2} ms processor time (mean); {rows} rows")).ConfigureAwait(false);
    }

    private static async Task OpenAsync(string file, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        await (await RunStores.OpenSqliteAsync(file).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        double openMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        await connection.OpenAsync().ConfigureAwait(false);
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        start = Stopwatch.GetTimestamp();
        await check.ExecuteScalarAsync().ConfigureAwait(false);
        double mebibytes = new FileInfo(file).Length / 1048576.0;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"open and close: {openMs:n1} ms; file {mebibytes:n0} MiB; quick_check {Stopwatch.GetElapsedTime(start).TotalMilliseconds / mebibytes:n2} ms a MiB")).ConfigureAwait(false);
    }

    private static string Id(int run) => string.Create(CultureInfo.InvariantCulture, $"20260301-120000-{run:d4}");

    private static (string Genotype, MetricSet Metrics)[] NewRows(Random random) => [.. Enumerable.Range(0, EvaluationsPerRun).Select(i => NewRow(random, i))];

    // A genotype as long as a real one; cost and accuracy pull against each other, so that the front has some tens of points.
    private static (string Genotype, MetricSet Metrics) NewRow(Random random, int index)
    {
        double size = random.NextDouble();
        string genotype = string.Create(CultureInfo.InvariantCulture, $"r24-d2.3.2-k{random.Next(1_000_000_000):d9}-e{random.Next(1_000_000_000):d9}-w4.4.3-{index:d4}");
        return (genotype, new MetricSet(
            ("accuracy", 0.8 + (0.1 * Math.Sqrt(size)) + (0.02 * random.NextDouble())), ("latency@local", 1 + (40 * size) + random.NextDouble()),
            ("macs", 1e6 + Math.Round(3e7 * size)), ("memory", Math.Round(1e6 * (size + random.NextDouble()))), ("parameters", 1e5 + Math.Round(2e6 * size))));
    }
}
