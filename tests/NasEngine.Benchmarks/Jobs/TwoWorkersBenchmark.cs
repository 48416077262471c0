using System.Globalization;
using System.Text.Json.Nodes;
using NasEngine.Benchmarks.Search;
using NasEngine.Core.Jobs;
using NasEngine.Numerics.Statistics;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;
using NasEngine.Testing.Storage;

namespace NasEngine.Benchmarks.Jobs;

/// <summary>How much faster two workers on PostgreSQL evaluate than one, a thread each, beside how much two plain PyTorch processes do in the time of one. Rounds alternate, since machines change their speed.</summary>
public static class TwoWorkersBenchmark
{
    private const int Rounds = 3;
    private const int PeerSeconds = 6;

    // So many networks that the last jobs weigh little, and so many images that evaluating takes far longer than handing the work out.
    private const string Architectures = "256";
    private const int Images = 6_000;
    private const string Validation = "5000";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    /// <summary>Runs the benchmark in a new folder below the temporary one, which is removed again.</summary>
    /// <returns>0; 2 where PostgreSQL or the device agent's modules are missing.</returns>
    public static int Run(TextWriter output)
    {
        if (NasProcess.Modules is null || PostgresServer.Binaries is null)
        {
            output.WriteLine("two-workers: PostgreSQL 15, onnxruntime-node and echarts are needed.");
            return 2;
        }

        using TemporaryFolder folder = new();
        using PostgresServer server = new(durable: true);
        RunAsync(output, folder.FullName, server).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(TextWriter output, string folder, PostgresServer server)
    {
        SmallExperiment experiment = new(Path.Combine(folder, "experiment"), Images);
        await WidenAsync(experiment).ConfigureAwait(false);
        List<double> ours = [], peers = [];
        for (int round = 0; round < Rounds; round++)
        {
            double one = await EvaluateAsync(experiment, Path.Combine(folder, $"one-{round}"), server.NewDatabase(), 1).ConfigureAwait(false);
            double two = await EvaluateAsync(experiment, Path.Combine(folder, $"two-{round}"), server.NewDatabase(), 2).ConfigureAwait(false);
            double[] alone = await ScoreAsync(1).ConfigureAwait(false), together = await ScoreAsync(2).ConfigureAwait(false);
            ours.Add(one / two);
            peers.Add(together.Sum() / alone.Sum());
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {one:0.0} s with one worker, {two:0.0} s with two: {one / two:0.00} times as fast; PyTorch {alone.Sum():n0} images/s in one process, {string.Join(" + ", together.Select(rate => rate.ToString("n0", CultureInfo.InvariantCulture)))} in two: {peers[^1]:0.00} times as many")).ConfigureAwait(false);
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"medians: two workers {Descriptive.Median([.. ours]):0.00} times as fast as one; two PyTorch processes {Descriptive.Median([.. peers]):0.00} times as fast as one")).ConfigureAwait(false);
    }

    // A larger space, and no device: only some networks of the small space have recorded latencies.
    private static async Task WidenAsync(SmallExperiment experiment)
    {
        JsonObject space = await ReadAsync(experiment.Space).ConfigureAwait(false), settings = await ReadAsync(experiment.File).ConfigureAwait(false);
        space["dimensions"]!.AsArray().Single(dimension => (string?)dimension!["name"] == "expand")!["choices"] = new JsonArray(1, 2, 3, 4);
        space["objectives"]![1] = new JsonObject { ["metric"] = "macs", ["goal"] = "minimize" };
        space.Remove("constraints");
        settings.Remove("profile");
        await File.WriteAllTextAsync(experiment.Space, space.ToJsonString()).ConfigureAwait(false);
        await File.WriteAllTextAsync(experiment.File, settings.ToJsonString()).ConfigureAwait(false);
    }

    private static async Task<JsonObject> ReadAsync(string file) => JsonNode.Parse(await File.ReadAllTextAsync(file).ConfigureAwait(false))!.AsObject();

    private static Task<double[]> ScoreAsync(int processes) => Task.WhenAll(Enumerable.Range(0, processes).Select(_ => Task.Run(() => PeerRuns.Evaluating(PeerSeconds))));

    // From the first evaluation's beginning to the last one's end, as the store has it.
    private static async Task<double> EvaluateAsync(SmallExperiment experiment, string folder, string location, int workers)
    {
        WorkerFleet fleet = new(location, folder);
        await using (fleet.ConfigureAwait(false))
        {
            fleet.Fill(workers);
            ServiceRun run = await ServiceRun.StartAsync(
                location, fleet.Place(0), experiment.File, KeyValuePair.Create("name", "evaluated"), KeyValuePair.Create("fit.architectures", Architectures),
                KeyValuePair.Create("data.validation", Validation), KeyValuePair.Create("train.steps", "8")).ConfigureAwait(false);
            await using (run.ConfigureAwait(false))
            {
                await WorkerFleet.ReadyAsync(run.Stores, workers).ConfigureAwait(false);
                JobPage batches;
                using CancellationTokenSource limit = new(Limit);
                do
                {
                    await Task.Delay(500, limit.Token).ConfigureAwait(false);
                    if (await run.Stores.Jobs.ListAsync(new JobQuery { RunId = run.Id, State = JobState.Failed, Limit = 1 }, default).ConfigureAwait(false) is { Jobs.Count: > 0 } failed)
                    {
                        throw new InvalidOperationException($"{failed.Jobs[0].Title}: {failed.Jobs[0].Error}");
                    }

                    batches = await run.Stores.Jobs.ListAsync(new JobQuery { RunId = run.Id, Kind = "evaluate", Limit = 500 }, default).ConfigureAwait(false);
                }
                while (batches.Jobs.Count == 0 || batches.Jobs.Any(job => job.State != JobState.Succeeded));
                return (batches.Jobs.Max(job => job.FinishedAt)!.Value - batches.Jobs.Min(job => job.StartedAt)!.Value).TotalSeconds;
            }
        }
    }
}
