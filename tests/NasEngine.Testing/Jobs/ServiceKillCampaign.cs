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
            await run.EndAsync(Limit).ConfigureAwait(false);
            TimeSpan duration = TimeProvider.System.GetElapsedTime(started);
            NasProcess.Interrupt(worker);
            NasOutcome outcome = await NasProcess.EndAsync(worker, Limit).ConfigureAwait(false);
            return outcome.ExitCode == 0 ? (await run.ResultAsync().ConfigureAwait(false), duration) : throw new InvalidOperationException(outcome.ToString());
        }
    }

    /// <summary>Carries the run out while its process is killed at random moments.</summary>
    /// <param name="kills">How often.</param>
    /// <param name="duration">How long the uninterrupted run took.</param>
    /// <param name="seed">The seed of the moments.</param>
    /// <returns>How the run ended, and how often it was killed before that.</returns>
    public async Task<(string Result, int Kills)> KilledAsync(int kills, TimeSpan duration, long seed)
    {
        Random random = new SeedTree(seed).Child("service-kill").CreateRandom();
        NasProcess place = Place("killed");
        int done = 0;
        ServiceRun run = await ServiceRun.StartAsync(place.Database, place, experiment.File).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
        {
            for (; done < kills; done++)
            {
                // Long enough on average that the run gets on, and short enough that it is not over before the last kill.
                TimeSpan moment = TimeSpan.FromSeconds(0.5) + (2 * random.NextDouble() * duration / Math.Max(3, kills));
                using Process process = Start(place);
                Task<NasOutcome> end = NasProcess.EndAsync(process, Limit);
                await Task.WhenAny(end, Task.Delay(moment)).ConfigureAwait(false);
                process.Kill();
                if ((await end.ConfigureAwait(false)).ExitCode != 137)
                {
                    throw new InvalidOperationException($"The process ended by itself: {await end.ConfigureAwait(false)}");
                }

                string now = await run.StateAsync().ConfigureAwait(false) == RunState.Running ? await run.DescribeAsync().ConfigureAwait(false) : "the run was over";
                await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"kill {done + 1} after {moment.TotalSeconds:0.0} s: {now}")).ConfigureAwait(false);
                if (await run.StateAsync().ConfigureAwait(false) != RunState.Running)
                {
                    break;
                }
            }

            using Process last = Start(place);
            await run.EndAsync(Limit).ConfigureAwait(false);
            NasProcess.Interrupt(last);
            await NasProcess.EndAsync(last).ConfigureAwait(false);
            return (await run.ResultAsync().ConfigureAwait(false), done);
        }
    }

    private NasProcess Place(string name) => new(Path.Combine(folder, name));

    private static Process Start(NasProcess place) => place.Start("worker", "--device", "local=local");
}
