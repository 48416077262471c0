using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;

namespace NasEngine.Training.DataSets;

/// <summary>Reads a folder of class folders of PNG images: the names of the class folders, in ordinal order, are the classes.</summary>
public static class ImageFolderReader
{
    private const int LargestSize = 1024;

    /// <summary>Reads <c>train/CLASS/*.png</c> and <c>test/CLASS/*.png</c>, or <c>CLASS/*.png</c> and then draws the test part.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What to call the data set.</param>
    /// <param name="options">The size, and how the test part is drawn.</param>
    /// <remarks>The data set is grey if every image is grey, otherwise it has 3 channels. Files whose names start with a dot are passed over; any other file that is no PNG is an error.</remarks>
    /// <exception cref="UsageException">There are fewer than two classes, a class is empty, a file is of another format, or sizes differ and no size is set.</exception>
    /// <exception cref="DamagedFileException">An image cannot be decoded.</exception>
    public static ImageDataSet ReadFolder(string folder, string name, ImageFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Size is < 1 or > LargestSize)
        {
            throw new UsageException($"Images cannot be resized to {options.Size}: 1 to {LargestSize} pixels can be.");
        }

        if (options.TestShare is not (>= 0.01 and <= 0.9))
        {
            throw new UsageException($"A test part of {options.TestShare} of the images cannot be drawn: 0.01 to 0.9 can be.");
        }

        string train = Path.Combine(folder, "train");
        string test = Path.Combine(folder, "test");
        bool divided = Directory.Exists(train) && Directory.Exists(test);
        string[] classes = ClassFolders(divided ? train : folder);
        if (divided && !ClassFolders(test).SequenceEqual(classes))
        {
            throw new UsageException($"{test} must have the class folders of {train}: {string.Join(", ", classes)}.");
        }

        List<(string Path, int Label)> trainFiles = Files(divided ? train : folder, classes);
        List<(string Path, int Label)> testFiles = divided ? Files(test, classes) : [];
        PngHeader[] headers = [.. trainFiles.Concat(testFiles).Select(file => PngDecoder.ReadHeader(file.Path))];
        int channels = headers.Max(header => header.Channels);
        (int height, int width) = options.Size is int size ? (size, size) : CommonSize([.. trainFiles, .. testFiles], headers);
        LabelledImages read = Decode(trainFiles, channels, height, width);
        return divided
            ? new ImageDataSet(name, classes, read, Decode(testFiles, channels, height, width))
            : Divide(name, classes, read, options);
    }

    private static string[] ClassFolders(string folder)
    {
        string[] classes = [.. DataFile.Guard(folder, () => Directory.GetDirectories(folder)).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
        return classes.Length >= 2
            ? classes
            : throw new UsageException($"{folder} has {classes.Length} class folders, at least 2 are needed. A data set is a folder that holds {DataSetRegistry.Formats}.");
    }

    private static List<(string Path, int Label)> Files(string folder, string[] classes)
    {
        List<(string, int)> files = [];
        for (int label = 0; label < classes.Length; label++)
        {
            string path = Path.Combine(folder, classes[label]);
            string[] images = [.. DataFile.Guard(path, () => Directory.GetFiles(path)).Where(file => Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal)];
            string? other = images.FirstOrDefault(file => !file.EndsWith(".png", StringComparison.OrdinalIgnoreCase));
            if (other is not null || images.Length == 0)
            {
                throw new UsageException(other is null ? $"{path} has no PNG image." : $"{other} is not read: images are PNG files. Convert it, or take it out of the folder.");
            }

            files.AddRange(images.Select(file => (file, label)));
        }

        return files;
    }

    private static (int Height, int Width) CommonSize(List<(string Path, int Label)> files, PngHeader[] headers)
    {
        (int height, int width) = (headers[0].Height, headers[0].Width);
        int other = Array.FindIndex(headers, header => (header.Height, header.Width) != (height, width));
        return other < 0
            ? (height, width)
            : throw new UsageException(
                $"{files[other].Path} is {headers[other].Height}x{headers[other].Width}, but {files[0].Path} is {height}x{width}. Give one size for all images with --size.");
    }

    private static LabelledImages Decode(List<(string Path, int Label)> files, int channels, int height, int width)
    {
        long total = (long)files.Count * channels * height * width;
        if (total > Array.MaxLength)
        {
            throw new UsageException($"{files.Count} images of {channels}x{height}x{width} take {total} bytes, more than the {Array.MaxLength} of a data set. Give a smaller --size.");
        }

        int plane = height * width;
        byte[] pixels = new byte[total];
        for (int i = 0; i < files.Count; i++)
        {
            DecodedImage image = ImageResizer.Resize(PngDecoder.Decode(files[i].Path), height, width);
            for (int channel = 0; channel < channels; channel++)
            {
                image.Pixels.AsSpan(Math.Min(channel, image.Channels - 1) * plane, plane).CopyTo(pixels.AsSpan(((i * channels) + channel) * plane));
            }
        }

        return new LabelledImages(channels, height, width, pixels, [.. files.Select(file => file.Label)]);
    }

    private static ImageDataSet Divide(string name, string[] classes, LabelledImages all, ImageFolderOptions options)
    {
        int size = Math.Max(1, (int)(all.Count * options.TestShare));
        (int[] train, int[] test) = DataSplit.HoldOut(all.Labels.Span, classes.Length, size, new SeedTree(options.Seed).Child("test"));
        return new ImageDataSet(name, classes, Pick(all, train), Pick(all, test));
    }

    private static LabelledImages Pick(LabelledImages all, int[] indices)
    {
        byte[] pixels = new byte[indices.Length * all.ImageSize];
        for (int i = 0; i < indices.Length; i++)
        {
            all.Image(indices[i]).CopyTo(pixels.AsSpan(i * all.ImageSize));
        }

        return new LabelledImages(all.Channels, all.Height, all.Width, pixels, [.. indices.Select(index => all.Labels.Span[index])]);
    }
}
