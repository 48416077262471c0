namespace NasEngine.Reports.Content;

/// <summary>One block.</summary>
/// <param name="Operation">What it is, such as <c>MBConv</c>.</param>
/// <param name="Channels">Output channels; at least 1.</param>
/// <param name="Kernel">The kernel's side; <see langword="null"/> if it has none.</param>
/// <param name="Expansion">How many times wider the block is inside; <see langword="null"/> if it is not.</param>
/// <param name="IsSkipped">Whether the space has the block and this network leaves it out: drawn as a ghost.</param>
public sealed record BlockDrawing(string Operation, int Channels, int? Kernel = null, double? Expansion = null, bool IsSkipped = false);
