using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Networks.Readers;
using NasEngine.Predictors.KernelTables;

namespace NasEngine.Jobs.Profiling;

/// <summary>Names a network's kernels as kernel tables know them.</summary>
public static class NetworkKernels
{
    /// <summary>Lists the kernels of a subnet, each as often as it runs.</summary>
    /// <param name="family">The space's family.</param>
    /// <param name="plan">The subnet.</param>
    /// <returns>Keys with the shapes of all inputs and of the output, then the stride.</returns>
    public static IReadOnlyList<KernelKey> Of(INetworkFamily family, Plan plan) => [.. KernelReader.Read(family, plan).Select(Key)];

    /// <summary>Names a kernel: what is fused into it belongs to its kind, such as <c>pointwise+relu</c>.</summary>
    internal static KernelKey Key(Kernel kernel) => new(
        kernel.Kind + string.Concat(kernel.Operations.Skip(1).Select(Suffix)),
        [.. kernel.Inputs.SelectMany(input => input.Shape), .. kernel.Output.Shape, kernel.Stride]);

    // A sum is seen by its second input already; a normalisation costs nothing once it is folded.
    private static string Suffix(Operation fused) => fused.Function is Activation function ? $"+{function.ToString().ToLowerInvariant()}" : string.Empty;
}
