using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Torch;
using NasEngine.Training.DataSets;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.Benchmarks.Training;

/// <summary>Compares a sandwich training step of a mobile supernet with the same step in eager PyTorch: same weights, batches, subnets and optimiser.</summary>
/// <remarks>Rounds alternate, one program at a time; data are random images of Fashion-MNIST's shape.</remarks>
public static class TrainStepBenchmark
{
    private const int Rounds = 9;
    private const int WarmUpRounds = 2;
    private const int StepsInRound = 4;
    private const int Images = 2048;
    private const double LossTolerance = 1e-4;

    private static readonly SeedTree Seeds = new(7);
    private static readonly TrainingOptions Options = new() { Steps = 1000, BatchSize = 64, WarmUpSteps = 0, LearningRate = 0.05 };

    /// <summary>Runs the comparison with one thread and with two.</summary>
    /// <param name="output">Receives the medians and their ratios.</param>
    /// <returns>0 if both compute the same and ours takes no longer, 1 otherwise, 3 if Python with torch is missing.</returns>
    public static int Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        LetThreadsSleep();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nas-bench-");
        try
        {
            using TrainStepPeer? peer = TrainStepPeer.Start();
            if (peer is null)
            {
                output.WriteLine("train-step: /usr/bin/python3 with torch is needed: apt-get install -y python3-torch");
                return 3;
            }

            SearchSpace space = NetworkFamilies.CreateSpaceReader().ReadFile(SpaceFile());
            ImageDataSet data = RandomImages.Draw(Images, side: 28, classes: 10);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sandwich step of {space.Name}: largest, smallest and {Options.RandomSubnets} drawn subnets, batch {Options.BatchSize}; {Rounds} alternating rounds of {StepsInRound} steps, median (fastest to slowest round)"));
            output.WriteLine($"load before: {File.ReadAllText("/proc/loadavg").Trim()}");
            bool[] kept = [.. new[] { 1, 2 }.Select(threads => Compare(peer, space, data, threads, folder.FullName, output))];
            output.WriteLine($"load after: {File.ReadAllText("/proc/loadavg").Trim()}");
            return kept.All(holds => holds) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Compare(TrainStepPeer peer, SearchSpace space, ImageDataSet data, int threads, string folder, TextWriter output)
    {
        set_num_threads(threads);
        DataSplit split = DataSplit.Draw(data, 0, 1);
        using Supernet supernet = Supernet.Create(space, Seeds.Child("weights"));
        string version = peer.Begin(space, data, Options, threads, supernet, folder);
        (double loss, double difference) = FirstStep(peer, space, data, split);
        peer.Begin(space, data, Options, threads, supernet, folder);
        using SandwichTrainer trainer = new(supernet, data, split, Options, Seeds);
        (List<double> ours, List<double> theirs) = ([], []);
        for (int round = 0; round < WarmUpRounds + Rounds; round++)
        {
            double python = peer.Advance(Steps(space, split, round * StepsInRound, StepsInRound)).Milliseconds / StepsInRound;
            double own = Measure(trainer);
            if (round >= WarmUpRounds)
            {
                theirs.Add(python);
                ours.Add(own);
            }
        }

        (double mine, double other) = (Median(ours), Median(theirs));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{threads} thread(s): NasEngine, libtorch {__version__}: {mine:F1} ms ({ours.Min():F1} to {ours.Max():F1}); Python, torch {version}: {other:F1} ms ({theirs.Min():F1} to {theirs.Max():F1}); ratio {mine / other:F2}; losses of the first step (largest subnet: {loss:F4}) differ by at most {difference:G2}"));
        return mine <= other && difference <= LossTolerance;
    }

    // A training of one step notes its losses.
    private static (double Loss, double Difference) FirstStep(TrainStepPeer peer, SearchSpace space, ImageDataSet data, DataSplit split)
    {
        double[] theirs = peer.Advance(Steps(space, split, 0, 1)).Losses;
        using Supernet supernet = Supernet.Create(space, Seeds.Child("weights"));
        using SandwichTrainer trainer = new(supernet, data, split, Options with { Steps = 1 }, Seeds);
        TrainingPoint own = trainer.Advance()!;
        return (own.LargestLoss, new[] { own.LargestLoss - theirs[0], own.SmallestLoss - theirs[1], own.RandomLoss!.Value - theirs.Skip(2).Average() }.Max(Math.Abs));
    }

    // The batches and subnets that the trainer draws.
    private static IEnumerable<TrainStep> Steps(SearchSpace space, DataSplit split, int first, int count)
    {
        BatchOrder order = new(split.Train, Options.BatchSize, Seeds.Child("batches"));
        foreach (int step in Enumerable.Range(first, count))
        {
            Random random = Seeds.Child("subnets").Child(step).CreateRandom();
            yield return new TrainStep(step, order.Batch(step).ToArray(), [.. Enumerable.Range(0, Options.RandomSubnets).Select(_ => TrainStepPeer.Describe(space, space.Sample(random)))]);
        }
    }

    private static double Measure(SandwichTrainer trainer)
    {
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < StepsInRound; step++)
        {
            trainer.Advance();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / StepsInRound;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string SpaceFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "searchspaces", "fashion-mobile.json"));

    // OpenMP reads the variable as its library loads, from the process itself: .NET's own copy of the variables is not seen by it.
    private static void LetThreadsSleep()
    {
        if (setenv("OMP_WAIT_POLICY"u8, "PASSIVE"u8, 1) != 0)
        {
            throw new InvalidOperationException("OMP_WAIT_POLICY could not be set.");
        }
    }

    private static unsafe int setenv(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int overwrite)
    {
        // Literals in UTF-8 end with a zero byte.
        fixed (byte* n = name, v = value)
        {
            return setenv(n, v, overwrite);
        }
    }

    [DllImport("libc")]
    private static extern unsafe int setenv(byte* name, byte* value, int overwrite);
}
