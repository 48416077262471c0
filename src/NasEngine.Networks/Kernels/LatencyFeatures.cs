using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Kernels;

/// <summary>Physical quantities of a subnet that its latency adds up from: for each kind of kernel its number, work and traffic.</summary>
/// <remarks>All values are sums over kernels and not negative, so an additive model with non-negative coefficients keeps its meaning.</remarks>
public sealed class LatencyFeatures
{
    // Runtimes compute convolutions on blocks of channels as wide as a vector register; the rest of a block is wasted work.
    private const int Block = 16;

    private static readonly string[] Quantities = ["count", "blockedMacs", "macs", "bytes", "outputs"];

    private readonly INetworkFamily _family;
    private readonly SearchSpace _space;
    private readonly string[] _kinds;

    /// <summary>Initializes the features of a space: kinds are those that its architectures can have.</summary>
    public LatencyFeatures(INetworkFamily family, SearchSpace space)
    {
        (_family, _space) = (family, space);
        SortedSet<string> kinds = new(StringComparer.Ordinal);
        foreach (Genotype end in (ReadOnlySpan<Genotype>)[space.Largest, space.Smallest])
        {
            for (int gene = 0; gene < space.Genes.Length; gene++)
            {
                for (int choice = 0; choice < space.Genes[gene].Choices.Length; choice++)
                {
                    byte[] choices = [.. end.Choices];
                    choices[gene] = (byte)choice;
                    kinds.UnionWith(KernelReader.Read(family, family.Plan(space, space.Canonical(choices))).Select(kernel => kernel.Kind));
                }
            }
        }

        _kinds = [.. kinds];
        Names = [.. _kinds.SelectMany(kind => Quantities.Select(quantity => $"{kind}.{quantity}"))];
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gives the row of an architecture.</summary>
    public double[] Of(Genotype genotype)
    {
        double[] row = new double[Names.Count];
        foreach (Kernel kernel in KernelReader.Read(_family, _family.Plan(_space, genotype)))
        {
            int start = Array.IndexOf(_kinds, kernel.Kind) * Quantities.Length;
            row[start] += 1;
            row[start + 1] += BlockedMacs(kernel);
            row[start + 2] += kernel.Macs;
            row[start + 3] += kernel.BytesMoved;
            row[start + 4] += kernel.Output.Count;
        }

        return row;
    }

    private static double BlockedMacs(Kernel kernel)
    {
        NetworkValue input = kernel.Inputs[0];
        double grow = RoundUp(kernel.Output.Shape[0]) / kernel.Output.Shape[0];
        bool mixesChannels = !kernel.Kind.StartsWith("depthwise", StringComparison.Ordinal);
        return kernel.Macs * grow * (mixesChannels && input.Shape[0] > 3 ? RoundUp(input.Shape[0]) / input.Shape[0] : 1);
    }

    private static double RoundUp(int channels) => (channels + Block - 1) / Block * Block;
}
