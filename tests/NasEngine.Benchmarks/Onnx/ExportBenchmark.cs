using System.Globalization;
using System.Text;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Core.Randomness;
using NasEngine.Core.Runs;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Exporting;
using NasEngine.Jobs.Runs;
using NasEngine.Onnx.Verification;
using NasEngine.Profiling;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Runs;

namespace NasEngine.Benchmarks.Onnx;

/// <summary>Exports drawn subnets of the quickstart's supernet and compares what ONNX Runtime computes with the supernet's slices.</summary>
internal static class ExportBenchmark
{
    private const int Subnets = 20;
    private const int Images = 64;
    private const int ShortTraining = 50;

    /// <summary>Exports and compares; the supernet is that of the newest quickstart, else one trained for 50 steps.</summary>
    /// <param name="output">Receives each subnet's largest difference.</param>
    /// <returns>0 if all stay within 1e-4, 1 if one does not, 3 if data or ONNX Runtime are missing.</returns>
    internal static int Run(TextWriter output)
    {
        using TemporaryFolder folder = new();
        try
        {
            return RunAsync(folder, output).GetAwaiter().GetResult();
        }
        catch (NasException problem) when (problem is UsageException or DeviceUnreachableException)
        {
            output.WriteLine($"export: {problem.Message}");
            return 3;
        }
    }

    private static async Task<int> RunAsync(TemporaryFolder folder, TextWriter output)
    {
        InMemoryRunStore store = new();
        DeviceRegistry devices = new(TimeProvider.System);
        Workplace here = Workplace.FromEnvironment();
        RunServices services = new()
        {
            Store = store,
            Workplace = here with { Root = RepositoryFiles.Root, Results = folder.FullName },
            Progress = SilentProgress.Instance,
            Time = TimeProvider.System,
            OpenDevice = devices.Create,
        };
        Experiment experiment = await NewestQuickstartAsync(here).ConfigureAwait(false) ?? Shipped();
        bool isTrained = await IsTrainedAsync(experiment, services).ConfigureAwait(false);
        if (!isTrained)
        {
            experiment = Shipped(KeyValuePair.Create("train.steps", ShortTraining.ToString(CultureInfo.InvariantCulture)));
        }

        RunRecord run = await new ExperimentRunner(services).RunAsync(experiment, "train", fresh: false, CancellationToken.None).ConfigureAwait(false);
        RunContext context = new(experiment, run, services);
        IDevice runtime = devices.Create("local");
        await using (context.ConfigureAwait(false))
        await using (runtime.ConfigureAwait(false))
        {
            DeviceFingerprint fingerprint = await runtime.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ONNX against supernet slice, {Subnets} drawn subnets of {experiment.Space.Name}, {Images} test images each; {fingerprint}")).ConfigureAwait(false);
            await output.WriteLineAsync($"supernet: {(isTrained ? "the checkpoint of the newest quickstart" : $"trained for {ShortTraining} steps, since there is no finished quickstart")}, {Path.GetFileName(context.CheckpointPath)}").ConfigureAwait(false);
            return await CompareAsync(context, runtime, folder.PathOf("subnet.onnx"), output).ConfigureAwait(false);
        }
    }

    private static async Task<int> CompareAsync(RunContext context, IDevice runtime, string file, TextWriter output)
    {
        Random random = new SeedTree(5).CreateRandom();
        List<double> differences = [];
        for (int index = 0; index < Subnets; index++)
        {
            Genotype genotype = context.Space.Sample(random);
            double difference;
            try
            {
                difference = (await SubnetExporter.ExportAsync(context, genotype, file, Images, runtime, CancellationToken.None).ConfigureAwait(false)).LargestDifference;
            }
            catch (ExportMismatchException mismatch)
            {
                difference = mismatch.LargestDifference;
            }

            differences.Add(difference);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{difference:0.0e+0}  {context.Space.Format(genotype)}")).ConfigureAwait(false);
        }

        int within = differences.Count(difference => difference <= OnnxVerification.DefaultTolerance);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{within} of {Subnets} within {OnnxVerification.DefaultTolerance:0e+0}; largest absolute difference {differences.Max():0.0e+0}")).ConfigureAwait(false);
        return within == Subnets ? 0 : 1;
    }

    private static Experiment Shipped(params IReadOnlyList<KeyValuePair<string, string>> overrides) =>
        ExperimentReader.ReadFile(RepositoryFiles.PathOf("searchspaces/experiments/quickstart.json"), overrides);

    private static async Task<Experiment?> NewestQuickstartAsync(Workplace workplace)
    {
        if (!File.Exists(workplace.Database))
        {
            return null;
        }

        await using IRunStore store = await RunStores.OpenSqliteAsync(workplace.Database).ConfigureAwait(false);
        return await store.FindRunAsync("quickstart", CancellationToken.None).ConfigureAwait(false) is RunRecord run
            ? ExperimentReader.ReadText($"run {run.Id}", Encoding.UTF8.GetBytes(run.Experiment))
            : null;
    }

    private static async Task<bool> IsTrainedAsync(Experiment experiment, RunServices services)
    {
        RunRecord run = new("benchmark", experiment.Name, experiment.Space.Name, experiment.Space.Fingerprint, experiment.Document, experiment.Seed, RunState.Running, services.Time.GetUtcNow(), "{}");
        RunContext context = new(experiment, run, services);
        await using (context.ConfigureAwait(false))
        {
            return File.Exists(context.CheckpointPath);
        }
    }
}
