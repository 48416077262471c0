namespace NasEngine.Jobs.Profiling;

/// <summary>A measured kernel table, and how well it foretells whole networks.</summary>
/// <param name="File">The table.</param>
/// <param name="Device">The device.</param>
/// <param name="Kernels">How many kernels the table holds.</param>
/// <param name="Measured">How many measurements were new, those of whole networks too.</param>
/// <param name="CallMicroseconds">What one call of the runtime costs, in a network as in a kernel that is measured alone.</param>
/// <param name="Networks">How many whole networks were measured.</param>
/// <param name="MapePercent">The mean relative error of the sums; <see langword="null"/> without networks.</param>
/// <param name="KendallTau">Kendall's tau-b between sums and measured latencies; <see langword="null"/> for less than two networks.</param>
/// <param name="MedianRatio">The median of sum over measured: above 1 where kernels cost more alone than in a network.</param>
/// <param name="ScaledMapePercent">The error once all sums are divided by that ratio.</param>
/// <param name="Warnings">What the device could not keep still.</param>
public sealed record KernelProfileReport(
    string File, string Device, int Kernels, int Measured, double CallMicroseconds, int Networks, double? MapePercent, double? KendallTau, double? MedianRatio,
    double? ScaledMapePercent, IReadOnlyList<string> Warnings);
