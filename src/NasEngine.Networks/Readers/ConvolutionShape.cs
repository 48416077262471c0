namespace NasEngine.Networks.Readers;

/// <summary>How a convolution moves over an image.</summary>
/// <param name="Stride">Step in both directions; at least 1.</param>
/// <param name="Padding">Zeros on each side.</param>
/// <param name="Groups">Groups of channels that do not mix; equal to the channels for a depthwise convolution.</param>
public readonly record struct ConvolutionShape(int Stride, int Padding, int Groups)
{
    /// <summary>Gives the height or width that comes out.</summary>
    public int Output(int size, int kernel) => ((size + (2 * Padding) - kernel) / Stride) + 1;
}
