namespace NasEngine.Jobs.Profiling;

/// <summary>A measured kernel table, and how well it foretells whole networks.</summary>
/// <param name="File">The table.</param>
/// <param name="Device">The device.</param>
/// <param name="Kernels">How many kernels the table holds.</param>
/// <param name="Measured">How many measurements were new, those of whole networks too.</param>
/// <param name="CallMicroseconds">What one call of the runtime costs, in a network as in a kernel that is measured alone.</param>
/// <param name="Networks">How many whole networks were measured.</param>
/// <param name="MapePercent">The mean relative error of the table's sums on every second network, which had no part in the table; <see langword="null"/> without networks.</param>
/// <param name="KendallTau">Kendall's tau-b between sums and measured latencies there; <see langword="null"/> for less than two networks.</param>
/// <param name="AloneOverWithin">What kernels cost alone over what they cost within the other networks, by which the table is divided; <see langword="null"/> for less than two networks, when it is not.</param>
/// <param name="UncorrectedMapePercent">The error there without that division.</param>
/// <param name="Warnings">What the device could not keep still.</param>
public sealed record KernelProfileReport(
    string File, string Device, int Kernels, int Measured, double CallMicroseconds, int Networks, double? MapePercent, double? KendallTau, double? AloneOverWithin,
    double? UncorrectedMapePercent, IReadOnlyList<string> Warnings);
