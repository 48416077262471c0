namespace NasEngine.Testing.Networks;

/// <summary>A batch of images <c>[batch, channels, height, width]</c>, or of vectors <c>[batch, features, 1, 1]</c>, in double precision.</summary>
public sealed record Image(int Batch, int Channels, int Height, int Width, double[] Values)
{
    /// <summary>Gets an element.</summary>
    public double this[int n, int c, int y, int x] => Values[(((((n * Channels) + c) * Height) + y) * Width) + x];

    /// <summary>Makes a batch from single-precision values.</summary>
    public static Image From(int batch, int channels, int height, int width, ReadOnlySpan<float> values)
    {
        double[] wide = new double[values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            wide[index] = values[index];
        }

        return new Image(batch, channels, height, width, wide);
    }
}
