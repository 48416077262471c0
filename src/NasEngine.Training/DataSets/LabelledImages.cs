namespace NasEngine.Training.DataSets;

/// <summary>Images of one size with one class each: a training part or a test part.</summary>
/// <remarks>Immutable as long as the arrays given are not written to; then thread-safe.</remarks>
public sealed class LabelledImages
{
    private readonly byte[] _pixels;
    private readonly int[] _labels;

    /// <summary>Initializes a part from its pixels and labels, which are kept and not copied.</summary>
    /// <param name="channels">Planes of an image: 1 for grey, 3 for red, green and blue.</param>
    /// <param name="height">Rows of an image; at least 1.</param>
    /// <param name="width">Columns of an image; at least 1.</param>
    /// <param name="pixels"><c>[n, channels, height, width]</c>, 0 for dark to 255 for bright.</param>
    /// <param name="labels"><c>[n]</c> class numbers, not negative.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label is negative.</exception>
    public LabelledImages(int channels, int height, int width, byte[] pixels, int[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        ImageSize = checked(channels * height * width);
        if (pixels.LongLength != (long)labels.Length * ImageSize)
        {
            throw new ArgumentException($"{labels.Length} images of {channels}x{height}x{width} need {(long)labels.Length * ImageSize} bytes, not {pixels.Length}.", nameof(pixels));
        }

        if (labels.Any(label => label < 0))
        {
            throw new ArgumentException("A label is negative.", nameof(labels));
        }

        (Channels, Height, Width, _pixels, _labels) = (channels, height, width, pixels, labels);
    }

    /// <summary>Gets the number of planes of an image.</summary>
    public int Channels { get; }

    /// <summary>Gets the number of rows of an image.</summary>
    public int Height { get; }

    /// <summary>Gets the number of columns of an image.</summary>
    public int Width { get; }

    /// <summary>Gets the number of values of an image: channels · height · width.</summary>
    public int ImageSize { get; }

    /// <summary>Gets the number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Gets all pixels, <c>[n, channels, height, width]</c>.</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>Gets the class number of each image, <c>[n]</c>.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>Gives the pixels of one image, <c>[channels, height, width]</c>.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _pixels.AsSpan(index * ImageSize, ImageSize);
    }
}
