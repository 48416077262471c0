using System.Globalization;
using NasEngine.Core.Jobs;
using NasEngine.Core.Randomness;
using NasEngine.Core.Runs;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;
using NasEngine.Testing.Storage;

namespace NasEngine.Benchmarks.Jobs;

/// <summary>Three workers on PostgreSQL of which one is killed in each of ten runs (runs that end before it are left out of the ten).</summary>
public static class WorkersBenchmark
{
    private const int Runs = 10;
    private const int Workers = 3;
    private const int MostRuns = 3 * Runs;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(15);

    /// <summary>Runs the benchmark in a new folder below the temporary one, which is removed again.</summary>
    /// <returns>0 if nothing was lost or doubled and every job was taken over in time, else 1; 2 where PostgreSQL or the device agent's modules are missing.</returns>
    public static int Run(TextWriter output)
    {
        if (NasProcess.Modules is null || PostgresServer.Binaries is null)
        {
            output.WriteLine("workers: PostgreSQL 15, onnxruntime-node and echarts are needed.");
            return 2;
        }

        using TemporaryFolder folder = new();
        using PostgresServer server = new(durable: true);
        return RunAsync(output, folder.FullName, server).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(TextWriter output, string folder, PostgresServer server)
    {
        SmallExperiment experiment = new(Path.Combine(folder, "experiment"));
        return await KillAsync(output, experiment, folder, server.NewDatabase()).ConfigureAwait(false) ? 0 : 1;
    }

    private static async Task<bool> KillAsync(TextWriter output, SmallExperiment experiment, string folder, string location)
    {
        Random random = new SeedTree(3).Child("workers").CreateRandom();
        WorkerFleet fleet = new(location, folder);
        await using (fleet.ConfigureAwait(false))
        {
            fleet.Fill(Workers);
            string? expected = null;
            TimeSpan duration = TimeSpan.Zero, longest = TimeSpan.Zero;
            bool good = true;
            int kills = 0;
            for (int number = 0; kills < Runs && number < MostRuns; number++)
            {
                // Trained anew by each run.
                foreach (string trained in Enumerable.Range(0, Workers).Select(worker => Path.Combine(fleet.Place(worker).Home, "supernets")).Where(Directory.Exists))
                {
                    Directory.Delete(trained, recursive: true);
                }

                long started = TimeProvider.System.GetTimestamp();
                ServiceRun run = await ServiceRun.StartAsync(location, fleet.Place(0), experiment.File, KeyValuePair.Create("name", $"small-{number}")).ConfigureAwait(false);
                await using (run.ConfigureAwait(false))
                {
                    await WorkerFleet.ReadyAsync(run.Stores, Workers).ConfigureAwait(false);
                    (string Job, TimeSpan Gap)? kill = null;
                    if (number > 0)
                    {
                        await Task.Delay(duration * (0.05 + (0.75 * random.NextDouble()))).ConfigureAwait(false);
                        kill = await fleet.KillOneAsync(run, TimeSpan.FromMinutes(1)).ConfigureAwait(false);
                        fleet.Fill(Workers);
                    }

                    RunState state = await run.EndAsync(Limit).ConfigureAwait(false);
                    string jobs = await run.DescribeAsync().ConfigureAwait(false), result = await run.ResultAsync().ConfigureAwait(false);
                    TimeSpan took = TimeProvider.System.GetElapsedTime(started);
                    duration = kill is null && (number == 0 || took < duration) ? took : duration; // the first run compiles as it goes
                    kills += kill is null ? 0 : 1;
                    expected ??= result;
                    longest = kill?.Gap > longest ? kill.Value.Gap : longest;
                    good &= state == RunState.Done && result == expected;
                    await output.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"run {number}: {state} after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s; {(kill is null ? "nobody killed" : $"killed during '{kill.Value.Job}', taken over after {kill.Value.Gap.TotalSeconds:0.0} s")}; {(result == expected ? "the same result" : "ANOTHER RESULT")} {jobs}")).ConfigureAwait(false);
                }
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kills} runs with a worker killed; taken over within {longest.TotalSeconds:0.0} s at most")).ConfigureAwait(false);
            return good && kills == Runs && longest <= Allowed;
        }
    }
}
