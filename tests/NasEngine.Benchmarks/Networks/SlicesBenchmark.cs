using System.Globalization;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Weights;
using NasEngine.Testing.Networks;
using NasEngine.Torch;
using NasEngine.Training.Supernets;
using static NasEngine.Torch.torch;

namespace NasEngine.Benchmarks.Networks;

/// <summary>Compares slices of the shipped space's supernet with networks that hold copies of their weights: outputs and gradients.</summary>
internal static class SlicesBenchmark
{
    private const int Subnets = 50;
    private const int Batch = 8;
    private const double Tolerance = 1e-6;

    /// <summary>Compares 50 subnets: the largest, the smallest, and drawn ones.</summary>
    /// <param name="output">Receives how many outputs are equal and how far gradients differ.</param>
    /// <returns>0 if all outputs are equal bit for bit and gradients to 1e-6, 1 otherwise.</returns>
    internal static int Run(TextWriter output)
    {
        using SupernetSample network = new(TestSpaces.FashionMobile());
        Random random = new SeedTree(11).CreateRandom();
        (int equal, int equalGradients, int gradients) = (0, 0, 0);
        double largest = 0;
        Genotype[] genotypes = [network.Space.Smallest, network.Space.Largest, .. Enumerable.Range(0, Subnets - 2).Select(_ => network.Space.Sample(random))];
        foreach (Genotype genotype in genotypes)
        {
            using DisposeScope scope = NewDisposeScope();
            Plan plan = network.Family.Plan(network.Space, genotype);
            using ExtractedSubnet extracted = new(network.Supernet);
            Tensor images = SupernetSample.Images(plan, Batch);
            equal += IsForwardEqual(network, extracted, plan, images) ? 1 : 0;
            foreach (double difference in GradientDifferences(network, extracted, plan, images))
            {
                gradients++;
                equalGradients += difference == 0 ? 1 : 0;
                largest = Math.Max(largest, difference);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slice against extracted subnet, {genotypes.Length} subnets of {network.Space.Name}, batch {Batch}, libtorch {__version__}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"outputs equal bit for bit, with fixed and with batch statistics: {equal} of {genotypes.Length}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gradients of {gradients} weights: {equalGradients} equal bit for bit, largest difference {largest:0.0e+0} of the weight's largest gradient, or of 1 where that is smaller"));
        return equal == genotypes.Length && largest <= Tolerance ? 0 : 1;
    }

    private static bool IsForwardEqual(SupernetSample network, ExtractedSubnet extracted, Plan plan, Tensor images) =>
        new[] { Normalisation.OfBatch, network.FixedNormalisation(plan) }.All(normalisation =>
            SupernetSample.Values(network.Forward(network.Supernet, normalisation, plan, images)).AsSpan()
                .SequenceEqual(SupernetSample.Values(network.Forward(extracted, normalisation, plan, images))));

    private static IEnumerable<double> GradientDifferences(SupernetSample network, ExtractedSubnet extracted, Plan plan, Tensor images)
    {
        network.ForgetGradients();
        SupernetSample.Loss(network.Forward(network.Supernet, Normalisation.OfBatch, plan, images)).backward();
        SupernetSample.Loss(network.Forward(extracted, Normalisation.OfBatch, plan, images)).backward();
        foreach (WeightSlice slice in network.UsedSlices(plan))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor own = extracted.Weights[slice.Weight.Name].grad!, part = SupernetSample.Part(network.Supernet[slice.Weight.Name].grad!, slice);
            yield return (part - own).abs().max().item<float>() / Math.Max(1.0, own.abs().max().item<float>());
        }
    }
}
