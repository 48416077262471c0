using System.Globalization;
using NasEngine.Core.Errors;

namespace NasEngine.Training.DataSets;

/// <summary>Reads the binary form of CIFAR-10 and CIFAR-100: records of 1 or 2 label bytes and 3·32·32 pixels.</summary>
public static class CifarBinaryReader
{
    private const int Side = 32;
    private const int ImageSize = 3 * Side * Side;

    /// <summary>Tells whether a folder holds training images in this format.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, "data_batch_1.bin")) || File.Exists(Path.Combine(folder, "train.bin"));

    /// <summary>Reads <c>data_batch_1.bin</c>, <c>data_batch_2.bin</c>, … and <c>test_batch.bin</c> (CIFAR-10), or <c>train.bin</c> and <c>test.bin</c> (CIFAR-100, fine labels).</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What to call the data set.</param>
    /// <remarks>Class names come from <c>batches.meta.txt</c> or <c>fine_label_names.txt</c>; without that file they are numbers.</remarks>
    /// <exception cref="UsageException">A file is missing or cannot be read.</exception>
    /// <exception cref="DamagedFileException">A file is cut short or overwritten.</exception>
    public static ImageDataSet ReadFolder(string folder, string name)
    {
        string[] batches = Batches(folder);
        return batches.Length > 0
            ? Read(name, batches, Path.Combine(folder, "test_batch.bin"), Path.Combine(folder, "batches.meta.txt"), classes: 10, labelBytes: 1)
            : Read(name, [Path.Combine(folder, "train.bin")], Path.Combine(folder, "test.bin"), Path.Combine(folder, "fine_label_names.txt"), classes: 100, labelBytes: 2);
    }

    /// <summary>Reads files of records as one part, in the order given.</summary>
    /// <param name="paths">At least one file.</param>
    /// <param name="classes">The number of classes; every label must be below it.</param>
    /// <param name="labelBytes">Label bytes of a record, 1 or 2; the last one counts.</param>
    /// <exception cref="UsageException">A file is missing or cannot be read.</exception>
    /// <exception cref="DamagedFileException">A file is cut short, or a label is not below <paramref name="classes"/>.</exception>
    public static LabelledImages ReadPart(IReadOnlyList<string> paths, int classes, int labelBytes)
    {
        ArgumentNullException.ThrowIfNull(paths);
        int recordSize = labelBytes + ImageSize;
        long promised = paths.Sum(path => (long)CountRecords(path, recordSize));
        int total = promised <= Array.MaxLength / ImageSize
            ? (int)promised
            : throw new UsageException($"The files hold {promised} images, more than the {Array.MaxLength / ImageSize} that fit in memory at once.");
        byte[] pixels = new byte[total * ImageSize];
        int[] labels = new int[total];
        int done = 0;
        foreach (string path in paths)
        {
            using FileStream file = DataFile.Open(path);
            byte[] label = new byte[labelBytes];
            for (long first = done; (done - first) * recordSize < file.Length && done < total; done++)
            {
                DataFile.Fill(file, label, path);
                labels[done] = label[^1] < classes
                    ? label[^1]
                    : throw DataFile.Damaged(path, $"The label of image {done - first} is {label[^1]}, but labels are 0 to {classes - 1}.");
                DataFile.Fill(file, pixels.AsSpan(done * ImageSize, ImageSize), path);
            }
        }

        return new LabelledImages(3, Side, Side, pixels, labels);
    }

    private static ImageDataSet Read(string name, string[] trainFiles, string testFile, string namesFile, int classes, int labelBytes)
    {
        string[] names = File.Exists(namesFile) ? DataFile.ReadLines(namesFile) : [.. Enumerable.Range(0, classes).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        if (names.Length != classes)
        {
            throw DataFile.Damaged(namesFile, $"The file names {names.Length} classes, but there are {classes}.");
        }

        return new ImageDataSet(name, names, ReadPart(trainFiles, classes, labelBytes), ReadPart([testFile], classes, labelBytes));
    }

    private static string[] Batches(string folder)
    {
        int last = 0;
        foreach (string path in DataFile.Guard(folder, () => Directory.GetFiles(folder, "data_batch_*.bin")))
        {
            string number = Path.GetFileNameWithoutExtension(path)["data_batch_".Length..];
            last = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= 1000 ? Math.Max(last, value) : last;
        }

        return [.. Enumerable.Range(1, last).Select(number => Path.Combine(folder, $"data_batch_{number}.bin"))];
    }

    private static int CountRecords(string path, int recordSize)
    {
        using FileStream file = DataFile.Open(path);
        (long count, long rest) = Math.DivRem(file.Length, recordSize);
        return rest == 0 && count > 0 && count <= Array.MaxLength / ImageSize
            ? (int)count
            : throw DataFile.Damaged(path, $"The file has {file.Length} bytes, which is not a whole number of records of {recordSize} bytes from 1 to {Array.MaxLength / ImageSize}.");
    }
}
