using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Randomness;
using NasEngine.Core.Runs;
using NasEngine.Storage;

namespace NasEngine.Testing.Jobs;

/// <summary>Kills runs at random moments, starts them again, and compares what they end with.</summary>
/// <param name="experiment">What is run.</param>
/// <param name="folder">A folder to work in; each round has a folder of its own there.</param>
/// <param name="log">Receives a line for each round.</param>
public sealed class KillCampaign(SmallExperiment experiment, string folder, TextWriter log)
{
    // A run that is killed thrice is stopped while it goes on from where it was stopped before.
    private const int Often = 3;
    private const int MostAttempts = 5;

    /// <summary>Runs a round for each moment; moments are drawn one in each of equal parts of the run's duration.</summary>
    /// <param name="uninterrupted">The workplace of a run that nothing interrupted.</param>
    /// <param name="duration">How long that one took.</param>
    /// <param name="rounds">How many runs are killed; each third of them three times.</param>
    /// <param name="seed">The seed of the moments.</param>
    /// <returns>What was wrong, one text for each round that did not end as the uninterrupted run did.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(NasProcess uninterrupted, TimeSpan duration, int rounds, long seed)
    {
        ArgumentNullException.ThrowIfNull(uninterrupted);
        Random random = new SeedTree(seed).Child("kill").CreateRandom();
        string expected = await EndAsync(uninterrupted).ConfigureAwait(false);
        List<string> wrong = [];
        for (int round = 0, attempt = 0; round < rounds;)
        {
            NasProcess place = new(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"round-{round}-{attempt}")));
            List<TimeSpan> moments = [];
            for (int kill = 0; kill < (round % Often == Often - 1 ? Often : 1); kill++)
            {
                TimeSpan moment = duration * ((round + random.NextDouble()) / rounds / (kill + 1));
                if (await KillAsync(place, moment).ConfigureAwait(false) is TimeSpan ended)
                {
                    // The machine is faster than when the duration was taken.
                    duration = kill == 0 && ended < duration ? ended : duration;
                    break;
                }

                moments.Add(moment);
            }

            if (moments.Count == 0 && ++attempt < MostAttempts)
            {
                continue;
            }

            NasOutcome last = await place.RunAsync("run", experiment.File).ConfigureAwait(false);
            string what = string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: killed after {string.Join(" s, ", moments.Select(moment => moment.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)))} s");
            string? fault = moments.Count == 0 ? "no run could be killed before it ended"
                : last.ExitCode != 0 ? last.ToString() : Difference(expected, await EndAsync(place).ConfigureAwait(false));
            await log.WriteLineAsync($"{what}; started again: {(fault is null ? "same front, same evaluations" : "WRONG")}").ConfigureAwait(false);
            if (fault is not null)
            {
                wrong.Add($"{what}: {fault}");
            }

            (round, attempt) = (round + 1, 0);
        }

        return wrong;
    }

    /// <summary>Kills a run some time after its start.</summary>
    /// <returns><see langword="null"/>, or after what time it had ended by itself.</returns>
    private async Task<TimeSpan?> KillAsync(NasProcess place, TimeSpan moment)
    {
        using Process process = place.Start("run", experiment.File);
        long started = TimeProvider.System.GetTimestamp();
        Task<NasOutcome> end = NasProcess.EndAsync(process);
        await Task.WhenAny(end, Task.Delay(moment)).ConfigureAwait(false);
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        process.Kill();

        // 128 + 9: ended by SIGKILL, and by nothing else.
        return (await end.ConfigureAwait(false)).ExitCode == 137 ? null : elapsed;
    }

    /// <summary>Gives all that must be the same at the end of two runs: the front's file, and every evaluation and measurement in the database with its place.</summary>
    public static async Task<string> EndAsync(NasProcess place)
    {
        ArgumentNullException.ThrowIfNull(place);
        List<string> lines = [await File.ReadAllTextAsync(place.Files("front.csv").Single()).ConfigureAwait(false)];
        IRunStore store = await RunStores.OpenSqliteAsync(place.Database).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            RunRecord run = (await store.FindRunAsync("latest", CancellationToken.None).ConfigureAwait(false))!;
            IReadOnlyList<StoredEvaluation> evaluations = await store.GetEvaluationsAsync(run.Id, null, CancellationToken.None).ConfigureAwait(false);
            lines.AddRange(evaluations.OrderBy(one => one.Stage, StringComparer.Ordinal).ThenBy(one => one.Sequence).Select(one => string.Create(
                CultureInfo.InvariantCulture, $"{one.Stage} {one.Sequence}: {one.Genotype} {JsonSerializer.Serialize(one.Metrics.ToDictionary(pair => pair.Key, pair => pair.Value))}")));
            lines.AddRange((await store.GetMeasurementsAsync(run.Id, "local", CancellationToken.None).ConfigureAwait(false)).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.MedianMs:R}")));
            lines.Add($"{run.Id} {run.State} {string.Join(", ", (await store.GetStepsAsync(run.Id, CancellationToken.None).ConfigureAwait(false)).Select(step => step.Step).Order(StringComparer.Ordinal))}");
        }

        return string.Join('\n', lines);
    }

    private static string? Difference(string expected, string actual)
    {
        if (expected == actual)
        {
            return null;
        }

        (string[] left, string[] right) = (expected.Split('\n'), actual.Split('\n'));
        int line = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Create(CultureInfo.InvariantCulture, $"{left.Length} lines were expected, {right.Length} found; line {line + 1}\n  was expected: {left.ElementAtOrDefault(line)}\n  is:           {right.ElementAtOrDefault(line)}");
    }
}
