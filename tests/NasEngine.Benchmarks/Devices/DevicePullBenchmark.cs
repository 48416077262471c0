using System.Globalization;
using NasEngine.Core.Devices;
using NasEngine.Testing.Devices;
using NasEngine.Testing.Jobs;

namespace NasEngine.Benchmarks.Devices;

/// <summary>Pulls a device away twenty times in the middle of batches: killed, killed for longer than its lease, frozen for longer than its lease.</summary>
public static class DevicePullBenchmark
{
    private const int Pulls = 20;
    private const int Networks = 120;

    /// <summary>Runs the benchmark.</summary>
    /// <returns>0 if nothing was lost and nothing measured twice, else 1; 2 without the device agent's modules.</returns>
    public static int Run(TextWriter output)
    {
        if (NasProcess.Modules is null)
        {
            output.WriteLine("device-pull: onnxruntime-node is needed: npm ci --ignore-scripts in src/NasEngine.DeviceAgent, or NAS_AGENT_MODULES.");
            return 2;
        }

        MeasurementItem[] items = DeviceNetworks.Draw(Networks);
        MeasurementOptions options = new() { Interleaved = 6, MinBlocks = 20, MaxBlocks = 40, WarmUpMilliseconds = 100 };
        long began = TimeProvider.System.GetTimestamp();
        PullOutcome outcome = PullCampaign.RunAsync(items, options, Pulls, seed: 7).GetAwaiter().GetResult();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"device-pull: {outcome.Pulls} of {Pulls} pulls in the middle of work, {outcome.Items} networks in batches of {options.Interleaved}, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  lost {outcome.Lost}, stored twice {outcome.Doubled}, measured again after their result had arrived {outcome.Again.Count}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  measured by agents {outcome.Reported}: {outcome.Reported - outcome.Items} were cut off with their result on the way"));
        bool isGood = outcome is { Lost: 0, Doubled: 0, Again.Count: 0, Pulls: Pulls };
        output.WriteLine(isGood ? "  as it should be" : "  NOT as it should be");
        return isGood ? 0 : 1;
    }
}
