using System.Globalization;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Testing.Networks;
using NasEngine.Training.DataSets;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.Benchmarks.Training;

/// <summary>Counts the tensors that are alive after 20 and after 200 training steps of a small supernet.</summary>
internal static class LeakBenchmark
{
    private const int FirstCount = 20;
    private const int LastCount = 200;

    /// <summary>Trains and counts.</summary>
    /// <param name="output">Receives both counts.</param>
    /// <returns>0 if they are equal, 1 otherwise.</returns>
    internal static int Run(TextWriter output)
    {
        set_num_threads(1);
        SearchSpace space = TestSpaces.Tiny();
        ImageDataSet data = RandomImages.Draw(256, side: 12, classes: space.Task.Classes);
        using Supernet supernet = Supernet.Create(space, new SeedTree(1));
        TrainingOptions options = new() { Steps = LastCount, BatchSize = 16, RandomSubnets = 2, Shift = 1 };
        using SandwichTrainer trainer = new(supernet, data, DataSplit.Draw(data, 16, 1), options, new SeedTree(2));
        long early = Alive(trainer, FirstCount), late = Alive(trainer, LastCount);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sandwich training of {space.Name}, libtorch {__version__}: {early} tensors alive after {FirstCount} steps, {late} after {LastCount}"));
        return early == late ? 0 : 1;
    }

    private static long Alive(SandwichTrainer trainer, int step)
    {
        while (trainer.Step < step)
        {
            trainer.Advance();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return LiveTensors;
    }
}
