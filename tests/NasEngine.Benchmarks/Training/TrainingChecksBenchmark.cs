using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Testing;
using NasEngine.Training.DataSets;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.Benchmarks.Training;

/// <summary>Measures what the checks on held-out images cost of a training's time.</summary>
/// <remarks>Steps and checks are timed by the processor time of this process, in turns, so that other work on the machine hardly matters.</remarks>
public static class TrainingChecksBenchmark
{
    private const double MostShare = 0.03;
    private const int Rounds = 5;
    private const int StepsInRound = 6;
    private const int HeldOut = 4000;

    /// <summary>Runs the measurement for trainings of several lengths.</summary>
    /// <param name="output">Receives the shares.</param>
    /// <returns>0 if all are below 3 %, otherwise 1.</returns>
    public static int Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        set_num_threads(1);
        SearchSpace space = NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));
        ImageDataSet data = RandomImages.Draw(8000, side: 28, classes: 10);
        DataSplit split = DataSplit.Draw(data, HeldOut, 1);
        bool[] kept = [.. new[] { (100, 64), (1000, 64), (5000, 128) }.Select(pair => Measure(space, data, split, new TrainingOptions { Steps = pair.Item1, BatchSize = pair.Item2 }, output))];
        return kept.All(holds => holds) ? 0 : 1;
    }

    private static bool Measure(SearchSpace space, ImageDataSet data, DataSplit split, TrainingOptions options, TextWriter output)
    {
        SeedTree seeds = new(7);
        using Supernet supernet = Supernet.Create(space, seeds.Child("weights"));
        using SandwichTrainer trainer = new(supernet, data, split, options, seeds);
        ValidationChecks checks = new(supernet, data, split, options, 10, seeds.Child("checks"));
        ValidationCheck check = checks.Check();
        trainer.Advance();
        List<double> steps = [], looks = [];
        for (int round = 0; round < Rounds; round++)
        {
            steps.Add(Time(() => trainer.Advance(), StepsInRound));
            looks.Add(Time(() => checks.Check(), 1));
        }

        int count = Enumerable.Range(1, options.Steps).Count(step => checks.IsDue(step));
        (double step, double look) = (Median(steps), Median(looks));
        double share = count * look / (options.Steps * step);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Steps} steps of {options.BatchSize} images, {step:F0} ms each: {count} checks of {check.Images} images, {look:F0} ms each: {share:0.00 %} of the training's time"));
        return share < MostShare;
    }

    private static double Time(Action work, int times)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        for (int index = 0; index < times; index++)
        {
            work();
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / times;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
