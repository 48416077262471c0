using System.IO.Compression;
using NasEngine.Training.DataSets;

namespace NasEngine.Testing;

/// <summary>Decodes CIFAR-10 parts that are packed as labels and Paeth residuals, the red and blue ones without the green ones.</summary>
public static class PaethCifar
{
    private const int Side = 32;
    private const int Plane = Side * Side;

    /// <summary>Reads a file of <paramref name="count"/> images.</summary>
    public static LabelledImages Read(string path, int count)
    {
        byte[] content = new byte[count * (1 + (3 * Plane))];
        using (ZLibStream stream = new(File.OpenRead(path), CompressionMode.Decompress))
        {
            stream.ReadExactly(content);
        }

        byte[] pixels = content[count..];
        for (int image = 0; image < count; image++)
        {
            Span<byte> red = pixels.AsSpan(image * 3 * Plane, Plane);
            Span<byte> green = pixels.AsSpan(((image * 3) + 1) * Plane, Plane);
            Span<byte> blue = pixels.AsSpan(((image * 3) + 2) * Plane, Plane);
            for (int i = 0; i < Plane; i++)
            {
                red[i] += green[i];
                blue[i] += green[i];
            }

            Undo(red);
            Undo(green);
            Undo(blue);
        }

        return new LabelledImages(3, Side, Side, pixels, [.. content.Take(count).Select(label => (int)label)]);
    }

    /// <summary>Writes images as CIFAR-10 binary records.</summary>
    public static void WriteBinary(string path, LabelledImages images, Range range)
    {
        ArgumentNullException.ThrowIfNull(images);
        (int first, int length) = range.GetOffsetAndLength(images.Count);
        using FileStream file = File.Create(path);
        for (int image = first; image < first + length; image++)
        {
            file.WriteByte((byte)images.Labels.Span[image]);
            file.Write(images.Image(image));
        }
    }

    private static void Undo(Span<byte> plane)
    {
        byte[] above = new byte[Side];
        for (int row = 0; row < Side; row++)
        {
            Span<byte> line = plane.Slice(row * Side, Side);
            PngFilter.Undo(4, line, above, 1);
            line.CopyTo(above);
        }
    }
}
