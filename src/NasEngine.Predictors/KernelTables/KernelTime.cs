namespace NasEngine.Predictors.KernelTables;

/// <summary>How long a kernel takes on one device.</summary>
/// <param name="Count">How many measurements it is from; at least 1.</param>
/// <param name="MeanMilliseconds">Their mean; above 0 where measured alone, at least 0 where it is a share of whole networks.</param>
/// <param name="SpreadMilliseconds">Their standard deviation; 0 for one.</param>
public readonly record struct KernelTime(int Count, double MeanMilliseconds, double SpreadMilliseconds);
