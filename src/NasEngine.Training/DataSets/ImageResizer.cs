namespace NasEngine.Training.DataSets;

/// <summary>Resizes images with a triangle filter that grows with the factor: bilinear when enlarging, a weighted area when shrinking.</summary>
internal static class ImageResizer
{
    /// <summary>Gives an image of <paramref name="height"/> by <paramref name="width"/>; the same object if it has that size.</summary>
    public static DecodedImage Resize(DecodedImage image, int height, int width)
    {
        if ((image.Height, image.Width) == (height, width))
        {
            return image;
        }

        (int First, float[] Weights)[] columns = Taps(image.Width, width);
        (int First, float[] Weights)[] rows = Taps(image.Height, height);
        byte[] pixels = new byte[image.Channels * height * width];
        float[] narrowed = new float[image.Height * width];
        for (int channel = 0; channel < image.Channels; channel++)
        {
            ReadOnlySpan<byte> source = image.Pixels.AsSpan(channel * image.Height * image.Width, image.Height * image.Width);
            for (int i = 0; i < narrowed.Length; i++)
            {
                (int row, int column) = Math.DivRem(i, width);
                (int first, float[] weights) = columns[column];
                for (int tap = 0; tap < weights.Length; tap++)
                {
                    narrowed[i] = (tap == 0 ? 0 : narrowed[i]) + (weights[tap] * source[(row * image.Width) + first + tap]);
                }
            }

            for (int i = 0; i < height * width; i++)
            {
                (int row, int column) = Math.DivRem(i, width);
                (int first, float[] weights) = rows[row];
                float sum = 0;
                for (int tap = 0; tap < weights.Length; tap++)
                {
                    sum += weights[tap] * narrowed[((first + tap) * width) + column];
                }

                pixels[(channel * height * width) + i] = (byte)Math.Clamp(sum + 0.5f, 0, 255);
            }
        }

        return new DecodedImage(image.Channels, height, width, pixels);
    }

    private static (int First, float[] Weights)[] Taps(int from, int to)
    {
        double factor = (double)from / to;
        double reach = Math.Max(1, factor);
        (int, float[])[] taps = new (int, float[])[to];
        for (int i = 0; i < to; i++)
        {
            double centre = (i + 0.5) * factor;
            int first = Math.Max(0, (int)(centre - reach + 0.5));
            int end = Math.Min(from, (int)(centre + reach + 0.5));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(pixel => Math.Max(0, 1 - (Math.Abs(pixel + 0.5 - centre) / reach)))];
            double sum = weights.Sum();
            taps[i] = (first, [.. weights.Select(weight => (float)(weight / sum))]);
        }

        return taps;
    }
}
