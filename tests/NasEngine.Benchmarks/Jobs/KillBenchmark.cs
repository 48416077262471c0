using System.Globalization;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.Benchmarks.Jobs;

/// <summary>Kills a small run at ten random moments spread over its duration, starts it again each time, and compares what it ends with.</summary>
public static class KillBenchmark
{
    private const int Rounds = 10;

    /// <summary>Runs the benchmark in a new folder below the temporary one, which is removed again.</summary>
    /// <returns>0 if every round ended as the uninterrupted run did, else 1; 2 without the device agent's modules.</returns>
    public static int Run(TextWriter output)
    {
        if (NasProcess.Modules is null)
        {
            output.WriteLine("kill: onnxruntime-node and echarts are needed: npm ci --ignore-scripts in src/NasEngine.DeviceAgent, or NAS_AGENT_MODULES.");
            return 2;
        }

        using TemporaryFolder folder = new();
        return RunAsync(output, folder.FullName).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(TextWriter output, string folder)
    {
        SmallExperiment experiment = new(Path.Combine(folder, "experiment"));
        NasProcess uninterrupted = new(Path.Combine(folder, "uninterrupted"));
        long started = TimeProvider.System.GetTimestamp();
        NasOutcome outcome = await uninterrupted.RunAsync("run", experiment.File).ConfigureAwait(false);
        TimeSpan duration = TimeProvider.System.GetElapsedTime(started);
        if (outcome.ExitCode != 0)
        {
            await output.WriteLineAsync(outcome.ToString()).ConfigureAwait(false);
            return 1;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"the uninterrupted run took {duration.TotalSeconds:0.0} s")).ConfigureAwait(false);
        IReadOnlyList<string> wrong = await new KillCampaign(experiment, folder, output).RunAsync(uninterrupted, duration, Rounds, seed: 10).ConfigureAwait(false);
        foreach (string text in wrong)
        {
            await output.WriteLineAsync(text).ConfigureAwait(false);
        }

        await output.WriteLineAsync($"{Rounds - wrong.Count} of {Rounds} ended with the front and the evaluations of the uninterrupted run").ConfigureAwait(false);
        return wrong.Count == 0 ? 0 : 1;
    }
}
