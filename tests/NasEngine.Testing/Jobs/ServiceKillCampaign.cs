using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Randomness;
using NasEngine.Core.Runs;

namespace NasEngine.Testing.Jobs;

/// <summary>Kills the process that carries a run's jobs out, again and again, and starts it anew each time.</summary>
/// <param name="experiment">What is run.</param>
/// <param name="folder">A folder to work in.</param>
/// <param name="log">Receives a line for each kill.</param>
public sealed class ServiceKillCampaign(SmallExperiment experiment, string folder, TextWriter log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Carries the run out without any interruption.</summary>
    /// <returns>How it ended, and how long it took.</returns>
    public async Task<(string Result, TimeSpan Duration)> UninterruptedAsync()
    {
        NasProcess place = Place("uninterrupted");
        ServiceRun run = await ServiceRun.StartAsync(place.Database, place, experiment.File).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
        {
            long started = TimeProvider.System.GetTimestamp();
            using Process worker = Start(place);
            RunState state = await run.EndAsync(Limit).ConfigureAwait(false);
            TimeSpan duration = TimeProvider.System.GetElapsedTime(started);
            NasProcess.Interrupt(worker);
            NasOutcome outcome = await NasProcess.EndAsync(worker, Limit).ConfigureAwait(false);
            string jobs = await run.DescribeAsync().ConfigureAwait(false);
            return outcome.ExitCode == 0 && state == RunState.Done
                ? (await run.ResultAsync().ConfigureAwait(false), duration)
                : throw new InvalidOperationException($"{state}: {jobs} {outcome}");
        }
    }

    /// <summary>Carries runs out while their process is killed at random moments; one after the other, should one end before the last kill.</summary>
    /// <param name="expected">How the uninterrupted run ended.</param>
    /// <param name="kills">How often.</param>
    /// <param name="duration">How long the uninterrupted run took.</param>
    /// <param name="seed">The seed of the moments.</param>
    /// <returns>What was wrong: one text for each run that ended otherwise.</returns>
    public async Task<IReadOnlyList<string>> KilledAsync(string expected, int kills, TimeSpan duration, long seed)
    {
        Random random = new SeedTree(seed).Child("service-kill").CreateRandom();
        List<string> wrong = [];
        for (int done = 0, round = 1; done < kills; round++)
        {
            NasProcess place = Place(string.Create(CultureInfo.InvariantCulture, $"killed-{round}"));
            ServiceRun run = await ServiceRun.StartAsync(place.Database, place, experiment.File).ConfigureAwait(false);
            await using (run.ConfigureAwait(false))
            {
                int before = done;
                while (done < kills && await run.StateAsync().ConfigureAwait(false) == RunState.Running)
                {
                    // A process needs about a second before it is at work; some moments are long enough for the run's longest job.
                    TimeSpan moment = -Math.Log(1 - random.NextDouble()) * 0.3 * duration;
                    await KillAsync(place, run, moment).ConfigureAwait(false);
                    if (await run.StateAsync().ConfigureAwait(false) != RunState.Running)
                    {
                        break; // it was over: this was no kill during a run
                    }

                    done++;
                    string jobs = await run.DescribeAsync().ConfigureAwait(false);
                    await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"run {round}, kill {done}, {moment.TotalSeconds:0.0} s after it was up: {jobs}")).ConfigureAwait(false);
                }

                using Process last = Start(place);
                await run.EndAsync(Limit).ConfigureAwait(false);
                NasProcess.Interrupt(last);
                await NasProcess.EndAsync(last, Limit).ConfigureAwait(false);
                string result = await run.ResultAsync().ConfigureAwait(false);
                await log.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"run {round}: killed {done - before} times; front, evaluations and measurements are {(result == expected ? "those" : "NOT those")} of the uninterrupted run")).ConfigureAwait(false);
                if (result != expected)
                {
                    wrong.Add($"run {round}: {await run.DescribeAsync().ConfigureAwait(false)}\n{result}");
                }
            }
        }

        return wrong;
    }

    private static async Task KillAsync(NasProcess place, ServiceRun run, TimeSpan moment)
    {
        using Process process = Start(place);
        Task<NasOutcome> end = NasProcess.EndAsync(process, Limit);
        while (!end.IsCompleted && (await run.Stores.Workers.GetWorkersAsync(default).ConfigureAwait(false)).All(worker => worker.ProcessId != process.Id))
        {
            await Task.Delay(10).ConfigureAwait(false);
        }

        await Task.WhenAny(end, Task.Delay(moment)).ConfigureAwait(false);
        process.Kill();

        // 128 + 9: ended by SIGKILL, and by nothing else.
        NasOutcome outcome = await end.ConfigureAwait(false);
        if (outcome.ExitCode != 137)
        {
            throw new InvalidOperationException($"The process ended by itself: {outcome}");
        }
    }

    private NasProcess Place(string name) => new(Path.Combine(folder, name));

    private static Process Start(NasProcess place) => place.Start("worker", "--device", "local=local");
}
