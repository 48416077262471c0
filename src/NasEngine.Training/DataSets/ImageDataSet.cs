using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NasEngine.Training.DataSets;

/// <summary>A data set for image classification: a training part, a test part that nothing is tuned on, and what normalises both.</summary>
/// <remarks>Immutable and thread-safe. Construction reads all pixels twice: statistics and fingerprint, about 0.2 s for 50 MB.</remarks>
public sealed class ImageDataSet
{
    /// <summary>Initializes a data set and computes its statistics and its fingerprint.</summary>
    /// <param name="name">What a person calls it.</param>
    /// <param name="classNames">A name for each class, by class number; at least 2.</param>
    /// <param name="train">Images to train and validate on; at least 1.</param>
    /// <param name="test">Images to report on, of the same size as those of <paramref name="train"/>.</param>
    /// <exception cref="ArgumentException">The image sizes differ, a part is empty, there is 1 class only, or a label has no class.</exception>
    public ImageDataSet(string name, IReadOnlyList<string> classNames, LabelledImages train, LabelledImages test)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        if ((train.Channels, train.Height, train.Width) != (test.Channels, test.Height, test.Width))
        {
            throw new ArgumentException(
                $"Training images are {train.Channels}x{train.Height}x{train.Width}, test images {test.Channels}x{test.Height}x{test.Width}.", nameof(test));
        }

        if (train.Count == 0 || test.Count == 0 || classNames.Count < 2)
        {
            throw new ArgumentException($"{train.Count} training images, {test.Count} test images and {classNames.Count} classes: at least 1, 1 and 2 are needed.", nameof(train));
        }

        int highest = Math.Max(Highest(train), Highest(test));
        if (highest >= classNames.Count)
        {
            throw new ArgumentException($"A label is {highest}, but there are {classNames.Count} classes.", nameof(classNames));
        }

        (Name, ClassNames, Train, Test) = (name, classNames, train, test);
        (Mean, StandardDeviation) = Statistics(train);
        Fingerprint = FingerprintOf(classNames.Count, train, test);
    }

    /// <summary>Gets what a person calls the data set.</summary>
    public string Name { get; }

    /// <summary>Gets the name of each class, by class number.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the number of classes; at least 2.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Gets the images to train and validate on; <see cref="DataSplit"/> draws the validation part from them.</summary>
    public LabelledImages Train { get; }

    /// <summary>Gets the images to report on, which no choice may depend on.</summary>
    public LabelledImages Test { get; }

    /// <summary>Gets the number of planes of an image.</summary>
    public int Channels => Train.Channels;

    /// <summary>Gets the number of rows of an image.</summary>
    public int Height => Train.Height;

    /// <summary>Gets the number of columns of an image.</summary>
    public int Width => Train.Width;

    /// <summary>Gets the mean of each channel over <see cref="Train"/>, with pixels from 0 to 1; <c>[channels]</c>.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>Gets the standard deviation of each channel over <see cref="Train"/>, with pixels from 0 to 1; <c>[channels]</c>. 1 for a constant channel.</summary>
    public IReadOnlyList<double> StandardDeviation { get; }

    /// <summary>Gets SHA-256 over sizes, class count, pixels and labels, in lower-case hexadecimal: equal content, equal text. Names do not count.</summary>
    public string Fingerprint { get; }

    private static int Highest(LabelledImages part)
    {
        int highest = 0;
        foreach (int label in part.Labels.Span)
        {
            highest = Math.Max(highest, label);
        }

        return highest;
    }

    // A histogram for each channel makes both moments exact, so that they are the same on any machine.
    private static (double[] Mean, double[] Deviation) Statistics(LabelledImages part)
    {
        int plane = part.Height * part.Width;
        double[] mean = new double[part.Channels];
        double[] deviation = new double[part.Channels];
        ReadOnlySpan<byte> pixels = part.Pixels.Span;
        for (int channel = 0; channel < part.Channels; channel++)
        {
            long[] histogram = new long[256];
            for (int image = 0; image < part.Count; image++)
            {
                foreach (byte value in pixels.Slice(((image * part.Channels) + channel) * plane, plane))
                {
                    histogram[value]++;
                }
            }

            double count = (double)part.Count * plane;
            mean[channel] = histogram.Select((times, value) => times * (value / 255.0)).Sum() / count;
            double centre = mean[channel];
            double variance = histogram.Select((times, value) => times * ((value / 255.0) - centre) * ((value / 255.0) - centre)).Sum() / count;
            deviation[channel] = histogram.Count(times => times > 0) == 1 ? 1 : Math.Sqrt(variance);
        }

        return (mean, deviation);
    }

    private static string FingerprintOf(int classes, LabelledImages train, LabelledImages test)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(LittleEndian([train.Channels, train.Height, train.Width, classes, train.Count, test.Count]));
        foreach (LabelledImages part in (ReadOnlySpan<LabelledImages>)[train, test])
        {
            hash.AppendData(part.Pixels.Span);
            hash.AppendData(LittleEndian(part.Labels.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<int> numbers)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(numbers);
        }

        int[] turned = new int[numbers.Length];
        BinaryPrimitives.ReverseEndianness(numbers, turned);
        return MemoryMarshal.AsBytes<int>(turned);
    }
}
