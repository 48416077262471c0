namespace NasEngine.Training.DataSets;

/// <summary>Takes the samples out of a row of a PNG image.</summary>
internal static class PngSamples
{
    /// <summary>Writes a row as 8-bit planes.</summary>
    /// <param name="header">Colour type and depth.</param>
    /// <param name="row">The row with its filter turned back.</param>
    /// <param name="width">Pixels in the row.</param>
    /// <param name="palette">Red, green and blue of each palette colour; only for colour type 3.</param>
    /// <param name="pixels">Receives <c>[channels, height, width]</c>.</param>
    /// <param name="target">Where the first pixel goes in each plane.</param>
    /// <param name="step">How far the next one is.</param>
    /// <returns><see langword="false"/> if a colour is not in the palette.</returns>
    public static bool Unpack(PngHeader header, ReadOnlySpan<byte> row, int width, ReadOnlySpan<byte> palette, Span<byte> pixels, int target, int step)
    {
        int plane = header.Height * header.Width;
        int pixelBytes = header.BitsPerPixel / 8;
        for (int x = 0; x < width; x++, target += step)
        {
            switch (header.ColourType)
            {
                case 3:
                    int colour = 3 * Bits(row, x, header.Depth);
                    if (colour >= palette.Length)
                    {
                        return false;
                    }

                    (pixels[target], pixels[target + plane], pixels[target + (2 * plane)]) = (palette[colour], palette[colour + 1], palette[colour + 2]);
                    break;
                case 0 when header.Depth < 8:
                    pixels[target] = (byte)(Bits(row, x, header.Depth) * 255 / ((1 << header.Depth) - 1));
                    break;
                default:
                    for (int channel = 0; channel < header.Channels; channel++)
                    {
                        pixels[target + (channel * plane)] = row[(x * pixelBytes) + (channel * (header.Depth / 8))];
                    }

                    break;
            }
        }

        return true;
    }

    private static int Bits(ReadOnlySpan<byte> row, int x, int depth)
    {
        int first = x * depth;
        return (row[first / 8] >> (8 - depth - (first % 8))) & ((1 << depth) - 1);
    }
}
