using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NasEngine.Training.DataSets;

/// <summary>Writes batches of one part of a data set as normalised floating-point numbers: (pixel / 255 − mean) / deviation.</summary>
/// <remarks>Not thread-safe: it owns a scratch image. Allocates nothing for a batch.</remarks>
public sealed class BatchGatherer
{
    private readonly LabelledImages _part;
    private readonly float[] _scale;
    private readonly float[] _offset;
    private readonly byte[] _changed;

    /// <summary>Initializes a gatherer.</summary>
    /// <param name="data">The data set, whose training statistics normalise both parts.</param>
    /// <param name="part"><see cref="ImageDataSet.Train"/> or <see cref="ImageDataSet.Test"/> of <paramref name="data"/>, or other images of the same size.</param>
    /// <exception cref="ArgumentException">The images of <paramref name="part"/> have another size.</exception>
    public BatchGatherer(ImageDataSet data, LabelledImages part)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(part);
        if ((part.Channels, part.Height, part.Width) != (data.Channels, data.Height, data.Width))
        {
            throw new ArgumentException($"Images are {part.Channels}x{part.Height}x{part.Width}, not {data.Channels}x{data.Height}x{data.Width}.", nameof(part));
        }

        _part = part;
        _scale = [.. data.StandardDeviation.Select(deviation => (float)(1 / (255 * deviation)))];
        _offset = [.. data.Mean.Zip(data.StandardDeviation, (mean, deviation) => (float)(-mean / deviation))];
        _changed = new byte[part.ImageSize];
    }

    /// <summary>Writes the images of a batch.</summary>
    /// <param name="indices">Images of the part, <c>[n]</c>, in any order, repetition allowed.</param>
    /// <param name="values">Receives n · channels · height · width values in the order of <paramref name="order"/>.</param>
    /// <param name="order">How the values lie in memory.</param>
    /// <param name="augmentation">Changes for each image, or <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">A length does not fit the number of images, or there is no such image.</exception>
    public void Gather(ReadOnlySpan<int> indices, Span<float> values, PixelOrder order = PixelOrder.ChannelsFirst, BatchAugmentation? augmentation = null)
    {
        int size = _part.ImageSize;
        if (values.Length != (long)indices.Length * size)
        {
            throw new ArgumentException($"{indices.Length} images need {(long)indices.Length * size} values, not {values.Length}.", nameof(values));
        }

        if (augmentation is not null && (augmentation.Down.Count, augmentation.Right.Count, augmentation.Flip.Count) != (indices.Length, indices.Length, indices.Length))
        {
            throw new ArgumentException($"The augmentation is not for {indices.Length} images.", nameof(augmentation));
        }

        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> image = _part.Image(indices[i]);
            if (augmentation is not null)
            {
                Change(image, _changed, augmentation.Down[i], augmentation.Right[i], augmentation.Flip[i]);
                image = _changed;
            }

            Normalise(image, values.Slice(i * size, size), order);
        }
    }

    /// <summary>Writes the class numbers of a batch.</summary>
    /// <param name="indices">Images of the part, <c>[n]</c>.</param>
    /// <param name="labels">Receives <c>[n]</c> class numbers, as wide as loss functions take them.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no such image.</exception>
    public void GatherLabels(ReadOnlySpan<int> indices, Span<long> labels)
    {
        if (labels.Length != indices.Length)
        {
            throw new ArgumentException($"{indices.Length} images have as many labels, not {labels.Length}.", nameof(labels));
        }

        ReadOnlySpan<int> all = _part.Labels.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)indices[i], (uint)all.Length, nameof(indices));
            labels[i] = all[indices[i]];
        }
    }

    private void Normalise(ReadOnlySpan<byte> image, Span<float> values, PixelOrder order)
    {
        int channels = _part.Channels;
        int plane = image.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<byte> source = image.Slice(channel * plane, plane);
            (float scale, float offset) = (_scale[channel], _offset[channel]);
            if (order == PixelOrder.ChannelsFirst || channels == 1)
            {
                NormalisePlane(source, values.Slice(channel * plane, plane), scale, offset);
                continue;
            }

            int position = channel;
            foreach (byte pixel in source)
            {
                values[position] = (pixel * scale) + offset;
                position += channels;
            }
        }
    }

    // Product and sum stay two operations, so that the wide part and the rest round alike on any machine.
    private static void NormalisePlane(ReadOnlySpan<byte> pixels, Span<float> values, float scale, float offset)
    {
        int done = 0;
        int width = Vector<float>.Count;
        Vector<float> scales = new(scale);
        Vector<float> offsets = new(offset);
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref float target = ref MemoryMarshal.GetReference(values);
        for (; done + Vector<byte>.Count <= pixels.Length; done += Vector<byte>.Count)
        {
            Vector.Widen(Unsafe.ReadUnaligned<Vector<byte>>(ref Unsafe.Add(ref source, done)), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            Store(ref Unsafe.Add(ref target, done), first, scales, offsets);
            Store(ref Unsafe.Add(ref target, done + width), second, scales, offsets);
            Store(ref Unsafe.Add(ref target, done + (2 * width)), third, scales, offsets);
            Store(ref Unsafe.Add(ref target, done + (3 * width)), fourth, scales, offsets);
        }

        for (; done < pixels.Length; done++)
        {
            values[done] = (pixels[done] * scale) + offset;
        }
    }

    private static void Store(ref float target, Vector<uint> pixels, Vector<float> scales, Vector<float> offsets) =>
        ((Vector.ConvertToSingle(Vector.AsVectorInt32(pixels)) * scales) + offsets).StoreUnsafe(ref target);

    private void Change(ReadOnlySpan<byte> image, Span<byte> changed, int down, int right, bool flip)
    {
        (int height, int width) = (_part.Height, _part.Width);
        changed.Clear();
        int columns = width - Math.Min(width, Math.Abs(right));
        (int from, int to) = (Math.Max(0, -right), Math.Max(0, right));
        for (int row = Math.Max(0, down); row < Math.Min(height, height + down) && columns > 0; row++)
        {
            for (int channel = 0; channel < _part.Channels; channel++)
            {
                ReadOnlySpan<byte> source = image.Slice(((channel * height) + row - down) * width, width);
                Span<byte> target = changed.Slice((((channel * height) + row) * width) + to, columns);
                if (flip)
                {
                    source.Slice(width - from - columns, columns).CopyTo(target);
                    target.Reverse();
                }
                else
                {
                    source.Slice(from, columns).CopyTo(target);
                }
            }
        }
    }
}
