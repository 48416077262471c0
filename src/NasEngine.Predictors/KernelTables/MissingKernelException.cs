using NasEngine.Core.Errors;

namespace NasEngine.Predictors.KernelTables;

/// <summary>A network has a kernel that the table does not know. It is never taken for one that costs nothing.</summary>
public sealed class MissingKernelException : NasException
{
    private const int MostNamed = 5;

    /// <summary>Initializes the error.</summary>
    /// <param name="device">The device of the table.</param>
    /// <param name="kernel">The kernel that is missing.</param>
    /// <param name="alike">The kernels of its kind that the table has.</param>
    /// <param name="kinds">All kinds that the table has.</param>
    public MissingKernelException(string device, KernelKey kernel, IReadOnlyList<KernelKey> alike, IReadOnlyList<string> kinds)
        : base($"The kernel table of {device} has no '{kernel}'. " + (alike is null || alike.Count == 0
            ? $"It has no kernel of this kind; known kinds: {string.Join(", ", kinds ?? [])}."
            : $"Of its kind it has {alike.Count}: {string.Join(", ", alike.Take(MostNamed))}{(alike.Count > MostNamed ? ", …" : string.Empty)}.")
            + " Measure it, or ask for interpolation.")
    {
        Kernel = kernel;
    }

    /// <summary>Gets the kernel that is missing.</summary>
    public KernelKey Kernel { get; }
}
