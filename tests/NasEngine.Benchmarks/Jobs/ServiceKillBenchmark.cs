using System.Globalization;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.Benchmarks.Jobs;

/// <summary>Kills the process that carries a run's jobs out twenty times, starts it again each time, and compares what the run ends with.</summary>
public static class ServiceKillBenchmark
{
    private const int Kills = 20;

    /// <summary>Runs the benchmark in a new folder below the temporary one, which is removed again.</summary>
    /// <returns>0 if the run ended as the uninterrupted one did, else 1; 2 without the device agent's modules.</returns>
    public static int Run(TextWriter output)
    {
        if (NasProcess.Modules is null)
        {
            output.WriteLine("service-kill: onnxruntime-node and echarts are needed: npm ci --ignore-scripts in src/NasEngine.DeviceAgent, or NAS_AGENT_MODULES.");
            return 2;
        }

        using TemporaryFolder folder = new();
        return RunAsync(output, folder.FullName).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(TextWriter output, string folder)
    {
        ServiceKillCampaign campaign = new(new SmallExperiment(Path.Combine(folder, "experiment")), folder, output);
        (string expected, TimeSpan duration) = await campaign.UninterruptedAsync().ConfigureAwait(false);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"the uninterrupted run took {duration.TotalSeconds:0.0} s")).ConfigureAwait(false);
        IReadOnlyList<string> wrong = await campaign.KilledAsync(expected, Kills, duration, seed: 20).ConfigureAwait(false);
        foreach (string text in wrong)
        {
            await output.WriteLineAsync(text).ConfigureAwait(false);
        }

        await output.WriteLineAsync($"killed {Kills} times: {(wrong.Count == 0 ? "nothing lost, nothing doubled, the same front" : "WRONG")}").ConfigureAwait(false);
        return wrong.Count == 0 ? 0 : 1;
    }
}
