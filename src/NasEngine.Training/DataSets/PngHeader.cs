namespace NasEngine.Training.DataSets;

/// <summary>What the first chunk of a PNG file says, checked against the format's rules.</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Depth">Bits of a sample: 1, 2, 4, 8 or 16, as the colour type allows.</param>
/// <param name="ColourType">0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha.</param>
/// <param name="Interlaced">Whether the rows come in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int ColourType, bool Interlaced)
{
    /// <summary>Gets the planes of the decoded image: alpha is left out, and a palette counts as colour.</summary>
    public int Channels => ColourType is 0 or 4 ? 1 : 3;

    public int SamplesPerPixel => ColourType switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 };

    public int BitsPerPixel => SamplesPerPixel * Depth;

    /// <summary>Gives the bytes of a row of <paramref name="width"/> pixels, without the filter's byte.</summary>
    public int RowBytes(int width) => (int)((((long)width * BitsPerPixel) + 7) / 8);
}
