using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Families.MobileCnn;
using NasEngine.Torch;
using NasEngine.Training.DataSets;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.Benchmarks.Training;

/// <summary>One training step as the peer is told it: which images, and which subnets beside the largest and the smallest.</summary>
internal sealed record TrainStep(int Number, int[] Indices, object[] Subnets);

/// <summary>What the peer answers to steps.</summary>
internal sealed record TrainStepAnswer(double Ms, double[] Losses)
{
    public double Milliseconds => Ms;
}

/// <summary>The same training in Python: a child process that works only when asked.</summary>
internal sealed class TrainStepPeer : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;

    private TrainStepPeer(Process process) => _process = process;

    /// <summary>Starts the process; <see langword="null"/> without Python.</summary>
    public static TrainStepPeer? Start([CallerFilePath] string here = "")
    {
        string script = Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", "train_step.py");
        ProcessStartInfo start = new("/usr/bin/python3", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        return File.Exists(start.FileName) && Process.Start(start) is { } process ? new TrainStepPeer(process) : null;
    }

    /// <summary>Describes a subnet by its sizes.</summary>
    public static object Describe(SearchSpace space, Genotype genotype)
    {
        MobileCnnPlan plan = (MobileCnnPlan)NetworkFamilies.Of(space).Plan(space, genotype);
        return new
        {
            plan.Resolution,
            plan.Layout.Stem,
            Head = plan.Layout.HeadChannels,
            Blocks = plan.Blocks.Select(block => new { Name = $"stage{block.Stage}.block{block.Index}", block.Inputs, block.Hidden, block.Outputs, block.Kernel, block.Stride }),
        };
    }

    /// <summary>Gives the peer threads, weights and data, at step 0.</summary>
    /// <returns>The version of its library.</returns>
    public string Begin(SearchSpace space, ImageDataSet data, TrainingOptions options, int threads, Supernet supernet, string folder)
    {
        (string weights, string pixels) = (Path.Combine(folder, "weights.safetensors"), Path.Combine(folder, "pixels"));
        SafeTensors.Write(weights, supernet.Specs.Select(spec => KeyValuePair.Create(spec.Name, supernet[spec.Name])));
        File.WriteAllBytes(pixels, data.Train.Pixels.ToArray());
        object start = new
        {
            threads,
            weights,
            pixels,
            data.Height,
            data.Width,
            Labels = data.Train.Labels.ToArray(),
            Mean = data.Mean[0],
            Deviation = data.StandardDeviation[0],
            Largest = Describe(space, space.Largest),
            Smallest = Describe(space, space.Smallest),
            options.Steps,
            options.LearningRate,
            options.Momentum,
            options.WeightDecay,
            options.ClipNorm,
        };
        return Ask(new { start }).GetProperty("version").GetString()!;
    }

    /// <summary>Has the peer do steps.</summary>
    public TrainStepAnswer Advance(IEnumerable<TrainStep> steps) => Ask(new { steps = steps.ToArray() }).Deserialize<TrainStepAnswer>(Json)!;

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement Ask(object message)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(message, Json));
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Python peer ended; its message is above.");
        return JsonDocument.Parse(line).RootElement;
    }
}
