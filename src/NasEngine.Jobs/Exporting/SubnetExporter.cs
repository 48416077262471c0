using System.Security.Cryptography;
using System.Text.Json;
using NasEngine.Core.Devices;
using NasEngine.Core.Runs;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Onnx;
using NasEngine.Onnx.Verification;
using NasEngine.Onnx.Weights;
using NasEngine.Training.Supernets;

namespace NasEngine.Jobs.Exporting;

/// <summary>Writes a subnet as ONNX, once ONNX Runtime has shown that the file computes what the supernet computes.</summary>
public static class SubnetExporter
{
    /// <summary>Builds, checks and writes a model.</summary>
    /// <param name="context">The run.</param>
    /// <param name="genotype">The subnet.</param>
    /// <param name="path">The file; an existing one is replaced in one go.</param>
    /// <param name="images">How many test images to compare on.</param>
    /// <param name="runtime">The device whose ONNX Runtime computes the model.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="Core.Errors.ExportMismatchException">The outputs differ; nothing was written.</exception>
    public static async Task<ExportedModel> ExportAsync(
        RunContext context, Genotype genotype, string path, int images, IDevice runtime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(runtime);
        Plan plan = context.Family.Plan(context.Space, genotype);
        using SubnetStatistics statistics = context.Evaluator.Calibrate(genotype);
        byte[] model = Build(context, genotype, plan, statistics);

        int count = Math.Min(images, context.Data.Test.Count);
        int[] chosen = [.. Enumerable.Range(0, count).Select(index => (int)((long)index * context.Data.Test.Count / count))];
        (float[][] inputs, float[][] outputs) = context.Evaluator.Run(genotype, statistics, chosen);
        OnnxComparison comparison = await OnnxFile.WriteVerifiedAsync(
            path, model,
            async (bytes, token) => (await runtime.RunAsync(bytes, [count, .. plan.InputShape], [inputs.SelectMany(row => row).ToArray()], token).ConfigureAwait(false))[0],
            outputs.SelectMany(row => row).ToArray(), plan.Outputs, OnnxVerification.DefaultTolerance, cancellationToken).ConfigureAwait(false);

        ExportedModel exported = new(path, context.Space.Format(genotype), model.Length, Convert.ToHexStringLower(SHA256.HashData(model)), count, comparison.LargestDifference, comparison.TopOneAgreement);
        await context.Store.PutArtefactAsync(
            context.Run.Id, new Artefact(Path.GetFileName(path), "model", path, exported.Sha256, exported.Bytes, JsonSerializer.Serialize(exported, JsonSerializerOptions.Web)), CancellationToken.None).ConfigureAwait(false);
        return exported;
    }

    private static byte[] Build(RunContext context, Genotype genotype, Plan plan, SubnetStatistics statistics)
    {
        Dictionary<string, ReadOnlyMemory<float>> weights = context.Supernet.Specs.ToDictionary(spec => spec.Name, spec => context.Supernet.ToArray(spec), StringComparer.Ordinal);
        Dictionary<string, ReadOnlyMemory<float>> measured = new(StringComparer.Ordinal);
        foreach (WeightSlice slice in ShapeReader.Trace(context.Family, plan).SelectMany(operation => operation.Weights).Where(slice => !slice.Weight.IsTrained))
        {
            measured[slice.Weight.Name] = statistics.ToArray(slice);
        }

        OnnxMetadata metadata = OnnxMetadata.Of(context.Space, genotype) with
        {
            Run = context.Run.Id,
            Seed = context.Experiment.Seed,
            Mean = [.. context.Data.Mean],
            Deviation = [.. context.Data.StandardDeviation],
        };
        return OnnxExporter.Build(context.Family, plan, new ArrayWeightSource(weights, measured), metadata);
    }
}

/// <summary>A model that was written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Genotype">The architecture.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its digest.</param>
/// <param name="Images">How many images it was checked on.</param>
/// <param name="LargestDifference">The largest absolute difference from the supernet's scores.</param>
/// <param name="TopOneAgreement">The share of images with the same class.</param>
public sealed record ExportedModel(string Path, string Genotype, long Bytes, string Sha256, int Images, double LargestDifference, double TopOneAgreement);
