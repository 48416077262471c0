using System.Buffers.Binary;
using System.IO.Compression;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

/// <summary>Small data sets and files of them.</summary>
internal static class DataFixtures
{
    /// <summary>Gives random images whose labels go round the classes.</summary>
    public static LabelledImages Images(int count, int channels = 1, int height = 5, int width = 7, int classes = 10, int seed = 1)
    {
        byte[] pixels = new byte[count * channels * height * width];
        new Random(seed).NextBytes(pixels);
        return new LabelledImages(channels, height, width, pixels, [.. Enumerable.Range(0, count).Select(i => i % classes)]);
    }

    public static ImageDataSet DataSet(LabelledImages train, int classes = 10) =>
        new("drawn", [.. Enumerable.Range(0, classes).Select(i => $"c{i}")], train, Images(20, train.Channels, train.Height, train.Width, classes, seed: 2));

    public static byte[] Idx(byte[] content, params int[] sizes)
    {
        byte[] file = new byte[4 + (4 * sizes.Length) + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x0800 + sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), sizes[i]);
        }

        content.CopyTo(file, 4 + (4 * sizes.Length));
        return file;
    }

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>Writes the four idx files of a data set.</summary>
    public static void WriteIdx(string folder, LabelledImages train, LabelledImages test, bool packed)
    {
        foreach ((string stem, LabelledImages part) in new[] { ("train", train), ("t10k", test) })
        {
            byte[] images = Idx(part.Pixels.ToArray(), part.Count, part.Height, part.Width);
            byte[] labels = Idx([.. part.Labels.ToArray().Select(label => (byte)label)], part.Count);
            File.WriteAllBytes(Path.Combine(folder, $"{stem}-images-idx3-ubyte{(packed ? ".gz" : string.Empty)}"), packed ? Gzip(images) : images);
            File.WriteAllBytes(Path.Combine(folder, $"{stem}-labels-idx1-ubyte{(packed ? ".gz" : string.Empty)}"), packed ? Gzip(labels) : labels);
        }
    }
}
