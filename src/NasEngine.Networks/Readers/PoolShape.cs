namespace NasEngine.Networks.Readers;

/// <summary>What is taken of each window.</summary>
public enum PoolKind
{
    /// <summary>The mean of the values inside the image.</summary>
    Average,

    /// <summary>The largest value.</summary>
    Max,
}

/// <summary>How a square window moves over an image.</summary>
/// <param name="Kind">What is taken of each window.</param>
/// <param name="Kernel">Height and width of the window; at least 1.</param>
/// <param name="Stride">Step in both directions; at least 1.</param>
/// <param name="Padding">How far windows reach over each border; at most half the window.</param>
public readonly record struct PoolShape(PoolKind Kind, int Kernel, int Stride, int Padding)
{
    /// <summary>Gives the height or width that comes out.</summary>
    public int Output(int size) => size + (2 * Padding) < Kernel ? 0 : ((size + (2 * Padding) - Kernel) / Stride) + 1;
}
