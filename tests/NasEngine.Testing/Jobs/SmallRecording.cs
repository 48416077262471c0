using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NasEngine.Core.Devices;
using NasEngine.Core.Spaces;
using NasEngine.Core.Units;
using NasEngine.Jobs.Profiling;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Profiling.Replay;

namespace NasEngine.Testing.Jobs;

/// <summary>Makes a recording with a plausible latency for every network of a space: a time for each call and each stage, one for the work, and noise that is always the same.</summary>
public static class SmallRecording
{
    private static readonly DeviceFingerprint Device = new()
    {
        Runtime = "computed", RuntimeVersion = "1", Host = "none", OperatingSystem = "any", Processor = "computed from multiply-accumulates", Cores = 1, Threads = 1,
    };

    /// <summary>Gives the text of the recording.</summary>
    /// <param name="space">The space; small enough to write down every network of it.</param>
    public static string Write(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        INetworkFamily family = NetworkFamilies.Of(space);
        StringBuilder text = new(RecordingFile.HeaderLine(Device));
        int sequence = 0;
        foreach (Genotype genotype in All(space).OrderBy(space.Format, StringComparer.Ordinal))
        {
            Plan plan = family.Plan(space, genotype);
            NetworkCosts costs = CostReader.Read(family, plan);
            string key = MeasurementRecorder.Key(space, genotype);
            double noise = SHA256.HashData(Encoding.UTF8.GetBytes(space.Format(genotype)))[0] / 255.0;
            double nanoseconds = Math.Round((12_000 + (0.11 * costs.Macs) + (0.02 * costs.PeakActivationBytes)) * (0.97 + (0.06 * noise)));
            text.Append(RecordingFile.MeasurementLine(new Measurement
            {
                Key = key,
                Median = Latency.FromNanoseconds(nanoseconds),
                Low = Latency.FromNanoseconds(nanoseconds - 150),
                High = Latency.FromNanoseconds(nanoseconds + 250),
                Blocks = [new MeasuredBlock(nanoseconds, sequence, 1, false)],
                RunsPerBlock = 10,
                Device = Device.Id,
                Threads = 1,
                InputShape = [1, .. plan.InputShape],
                Session = "computed",
                Sequence = sequence++,
                MeasuredAt = DateTimeOffset.UnixEpoch,
            }));
        }

        return text.ToString();
    }

    /// <summary>Gives every network of a space once.</summary>
    public static IReadOnlyCollection<Genotype> All(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        ImmutableArray<Gene> genes = space.Genes;
        HashSet<Genotype> all = [];
        byte[] choices = new byte[genes.Length];
        for (int gene = 0; gene < genes.Length;)
        {
            all.Add(space.Canonical(choices));
            for (gene = 0; gene < genes.Length && ++choices[gene] == genes[gene].Choices.Length; gene++)
            {
                choices[gene] = 0;
            }
        }

        return all;
    }
}
