using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Predictors.KernelTables;

namespace NasEngine.Jobs.Profiling;

/// <summary>Names a network's kernels as kernel tables know them.</summary>
public static class NetworkKernels
{
    /// <summary>Lists the kernels of a subnet, each as often as it runs.</summary>
    /// <param name="family">The space's family.</param>
    /// <param name="plan">The subnet.</param>
    /// <returns>Keys with the shapes of all inputs and of the output, then the stride.</returns>
    public static IReadOnlyList<KernelKey> Of(INetworkFamily family, Plan plan) => [.. KernelReader.Read(family, plan).Select(kernel => new KernelKey(
        kernel.Kind, [.. kernel.Inputs.SelectMany(input => input.Shape), .. kernel.Output.Shape, kernel.Stride]))];
}
