using System.Runtime.InteropServices;
using System.Text.Json;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Onnx;
using NasEngine.Onnx.Verification;
using NasEngine.Onnx.Weights;
using NasEngine.Testing;
using NasEngine.Testing.Networks;

namespace NasEngine.ReferenceTests.Onnx;

/// <summary>Models against programs that others wrote: the format's checker, and ONNX Runtime.</summary>
internal sealed class OnnxModelTests
{
    private const string Python = "/usr/bin/python3";
    private const int Batch = 3;

    private static INetworkFamily Family => TestSpaces.MobileCnn;

    private static string Scripts => RepositoryFiles.PathOf("tests/NasEngine.ReferenceTests/Onnx");

    [TestCase(true)]
    [TestCase(false)]
    public void Build_ExtremeAndRandomSubnets_PassTheFormatsChecker(bool foldBatchNorm)
    {
        SearchSpace space = TestSpaces.FashionMobile();
        using TemporaryFolder folder = new();
        (string Name, byte[] Model)[] models = [.. Subnets(space, 10).Select((genotype, index) => ($"{index:00}.onnx", Build(space, genotype, new RandomWeightSource(index), foldBatchNorm)))];
        foreach ((string name, byte[] model) in models)
        {
            File.WriteAllBytes(folder.PathOf(name), model);
        }

        if (!File.Exists(Python))
        {
            Assert.Ignore($"There is no {Python}; the checker was not run.");
        }

        (int exitCode, string output, string error) = OtherProgram.Run(Python, Path.Combine(Scripts, "check_models.py"), folder.FullName);
        if (exitCode == 77)
        {
            Assert.Ignore($"{Python} has no onnx package (Debian: python3-onnx); the checker was not run.");
        }

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(models.Select(model => model.Name)));
    }

    [TestCase(true, "relu")]
    [TestCase(false, "relu")]
    [TestCase(true, "hard-swish")]
    public void Build_ExtremeAndRandomSubnets_ComputeInOnnxRuntimeWhatPlainLoopsCompute(bool foldBatchNorm, string activation)
    {
        string text = File.ReadAllText(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));
        SearchSpace space = TestSpaces.Read(text.Replace("\"relu\"", $"\"{activation}\"", StringComparison.Ordinal));
        Dictionary<string, ReadOnlyMemory<float>> full = RandomWeights.Draw(Family, space, 1);
        Genotype[] subnets = [.. Subnets(space, 4)];
        using TemporaryFolder folder = new();
        Dictionary<string, int[]> shapes = [];
        for (int index = 0; index < subnets.Length; index++)
        {
            Plan plan = Family.Plan(space, subnets[index]);
            shapes.Add($"{index}", [Batch, .. plan.InputShape]);
            File.WriteAllBytes(folder.PathOf($"{index}.onnx"), Build(space, subnets[index], new ArrayWeightSource(full), foldBatchNorm));
            File.WriteAllBytes(folder.PathOf($"{index}.input"), MemoryMarshal.AsBytes<float>(RandomWeights.Images(plan, Batch, index)).ToArray());
        }

        File.WriteAllText(folder.PathOf("shapes.json"), JsonSerializer.Serialize(shapes));
        (int exitCode, _, string error) = OtherProgram.Run("node", Path.Combine(Scripts, "run_models.mjs"), RuntimeModules(), folder.FullName);
        Assert.That(exitCode, Is.Zero, error);
        for (int index = 0; index < subnets.Length; index++)
        {
            Plan plan = Family.Plan(space, subnets[index]);
            float[] reference = ReferenceInterpreter.Run(Family, plan, new ArrayWeightSource(full), Batch, RandomWeights.Images(plan, Batch, index));
            float[] scores = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.PathOf($"{index}.output"))).ToArray();
            OnnxComparison comparison = OnnxVerification.Compare(reference, scores, plan.Outputs);
            TestContext.Out.WriteLine($"{space.Format(subnets[index])}: {comparison}, scores up to {reference.Max(Math.Abs):g3}");
            Assert.That(comparison.LargestDifference, Is.LessThanOrEqualTo(OnnxVerification.DefaultTolerance));
            Assert.That(comparison.TopOneAgreement, Is.EqualTo(1));
            Assert.That(reference.Max() - reference.Min(), Is.GreaterThan(0.01), "scores that hardly differ would prove little");
        }
    }

    private static string RuntimeModules()
    {
        string[] candidates = [Environment.GetEnvironmentVariable("NAS_AGENT_MODULES") ?? string.Empty, RepositoryFiles.PathOf("src/NasEngine.DeviceAgent/node_modules")];
        string? found = candidates.FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "onnxruntime-node")));
        if (found is null)
        {
            Assert.Ignore("ONNX Runtime is neither in src/NasEngine.DeviceAgent/node_modules nor where NAS_AGENT_MODULES points; nothing was run.");
        }

        return found!;
    }

    private static IEnumerable<Genotype> Subnets(SearchSpace space, int random)
    {
        Random source = new(12);
        return [space.Smallest, space.Largest, .. Enumerable.Range(0, random).Select(_ => space.Sample(source))];
    }

    private static byte[] Build(SearchSpace space, Genotype genotype, IWeightSource weights, bool foldBatchNorm) => OnnxExporter.Build(
        Family, Family.Plan(space, genotype), weights, OnnxMetadata.Of(space, genotype), new OnnxOptions { FoldBatchNorm = foldBatchNorm });
}
