using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using NasEngine.Core.Errors;

namespace NasEngine.Training.DataSets;

/// <summary>Reads IDX files of unsigned bytes, plain or packed with gzip, as MNIST and its relatives are given out.</summary>
public static class IdxReader
{
    private const int MagicLabels = 0x0801;
    private const int MagicImages = 0x0803;
    private const int LargestSide = 4096;

    /// <summary>Tells whether a folder holds training images in this format.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsIn(string folder) => Find(folder, "train-images", 3) is not null;

    /// <summary>Reads the four files <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images…</c> and <c>t10k-labels…</c> of a folder, each with or without <c>.gz</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What to call the data set.</param>
    /// <param name="classNames">Class names by number; <see langword="null"/> takes the lines of <c>classes.txt</c>, or the numbers themselves.</param>
    /// <exception cref="UsageException">A file is missing or cannot be read.</exception>
    /// <exception cref="DamagedFileException">A file is cut short, overwritten, of another format, or does not fit the others.</exception>
    public static ImageDataSet ReadFolder(string folder, string name, IReadOnlyList<string>? classNames = null)
    {
        (string trainLabels, string testLabels) = (Require(folder, "train-labels", 1), Require(folder, "t10k-labels", 1));
        LabelledImages train = ReadPart(Require(folder, "train-images", 3), trainLabels);
        string testImages = Require(folder, "t10k-images", 3);
        LabelledImages test = ReadPart(testImages, testLabels);
        if ((train.Height, train.Width) != (test.Height, test.Width))
        {
            throw DataFile.Damaged(testImages, $"Test images are {test.Height}x{test.Width}, but training images {train.Height}x{train.Width}.");
        }

        string list = Path.Combine(folder, "classes.txt");
        classNames ??= File.Exists(list) ? DataFile.ReadLines(list) : Numbers(train);
        RequireClasses(train, classNames.Count, trainLabels, everyClass: true);
        RequireClasses(test, classNames.Count, testLabels, everyClass: false);
        return new ImageDataSet(name, classNames, train, test);
    }

    /// <summary>Reads an image file and its label file.</summary>
    /// <param name="images">An <c>idx3-ubyte</c> file.</param>
    /// <param name="labels">An <c>idx1-ubyte</c> file with as many entries.</param>
    /// <exception cref="UsageException">A file is missing or cannot be read.</exception>
    /// <exception cref="DamagedFileException">A file is cut short, overwritten, of another format, or does not fit the other.</exception>
    public static LabelledImages ReadPart(string images, string labels)
    {
        (int[] sizes, byte[] pixels) = Read(images, MagicImages);
        (int[] counts, byte[] numbers) = Read(labels, MagicLabels);
        return counts[0] == sizes[0]
            ? new LabelledImages(1, sizes[1], sizes[2], pixels, [.. numbers.Select(number => (int)number)])
            : throw DataFile.Damaged(labels, $"The file has {counts[0]} labels, but {images} has {sizes[0]} images.");
    }

    private static (int[] Sizes, byte[] Content) Read(string path, int magic)
    {
        using FileStream file = DataFile.Open(path);
        bool packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream stream = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
        int dimensions = magic & 0xFF;
        byte[] header = new byte[4 * (1 + dimensions)];
        DataFile.Fill(stream, header, path);
        int found = BinaryPrimitives.ReadInt32BigEndian(header);
        if (found != magic)
        {
            throw DataFile.Damaged(path, $"The file starts with {found:x8}, but an idx{dimensions} file of unsigned bytes with {magic:x8}.");
        }

        int[] sizes = [.. Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i)))];
        if (sizes.Any(size => size < 1) || sizes.Skip(1).Any(size => size > LargestSide))
        {
            throw DataFile.Damaged(path, $"The header names the sizes {string.Join(" x ", sizes)}; images have 1 to {LargestSide} rows and columns, and there is at least 1.");
        }

        long promised = sizes.Aggregate(1L, (product, size) => product * size);
        long possible = packed ? file.Length * DataFile.LargestInflation : file.Length - header.Length;
        if (promised > Math.Min(possible, Array.MaxLength) || (!packed && promised != possible))
        {
            throw DataFile.Damaged(path, $"The header promises {promised} bytes, but the file holds {(packed ? "at most " : string.Empty)}{Math.Min(possible, Array.MaxLength)}.");
        }

        if (packed)
        {
            RequireTrailer(file, header.Length + promised, path);
        }

        byte[] content = new byte[promised];
        DataFile.Fill(stream, content, path);
        DataFile.RequireEnd(stream, path);
        return (sizes, content);
    }

    // The framework takes a file that is cut within its sums for a whole one; the size at the end tells.
    private static void RequireTrailer(FileStream file, long unpacked, string path)
    {
        Span<byte> size = stackalloc byte[4];
        long position = file.Position;
        file.Position = file.Length - size.Length;
        DataFile.Fill(file, size, path);
        file.Position = position;
        if (BinaryPrimitives.ReadUInt32LittleEndian(size) != (uint)unpacked)
        {
            throw DataFile.Damaged(path, $"The header promises {unpacked} bytes, but the gzip file does not end with that size: it is cut short, overwritten or has several members.");
        }
    }

    private static string[] Numbers(LabelledImages part)
    {
        int highest = 1;
        foreach (int label in part.Labels.Span)
        {
            highest = Math.Max(highest, label);
        }

        return [.. Enumerable.Range(0, highest + 1).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    private static void RequireClasses(LabelledImages part, int classes, string path, bool everyClass)
    {
        int[] counts = new int[256];
        foreach (int label in part.Labels.Span)
        {
            counts[label]++;
        }

        int highest = Array.FindLastIndex(counts, count => count > 0);
        int absent = Array.FindIndex(counts, count => count == 0);
        if (highest >= classes)
        {
            throw DataFile.Damaged(path, $"A label is {highest}, but there are {classes} classes.");
        }

        if (everyClass && absent >= 0 && absent < classes)
        {
            throw DataFile.Damaged(path, $"There are {classes} classes, but no image is of class {absent}.");
        }
    }

    private static string Require(string folder, string stem, int dimensions) =>
        Find(folder, stem, dimensions) ?? throw new UsageException($"{folder} has no file {stem}-idx{dimensions}-ubyte or {stem}-idx{dimensions}-ubyte.gz.");

    private static string? Find(string folder, string stem, int dimensions)
    {
        string[] known = [$"{stem}-idx{dimensions}-ubyte", $"{stem}-idx{dimensions}-ubyte.gz", $"{stem}.idx{dimensions}-ubyte", $"{stem}.idx{dimensions}-ubyte.gz"];
        return known.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
