using NasEngine.Core.Randomness;
using NasEngine.Training.DataSets;

namespace NasEngine.Training.ZeroCost;

/// <summary>Normalised images and their classes. Owns its tensors.</summary>
public sealed class ProxyBatch : IDisposable
{
    /// <summary>Initializes a batch, and takes the tensors over.</summary>
    /// <param name="images"><c>[n, channels, height, width]</c>, Float32; n at least 1.</param>
    /// <param name="labels"><c>[n]</c> class numbers, Int64.</param>
    /// <exception cref="ArgumentException">The numbers of images and labels differ, or there are none.</exception>
    public ProxyBatch(Tensor images, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (images.ndim != 4 || labels.ndim != 1 || images.size(0) != labels.size(0) || labels.size(0) == 0)
        {
            throw new ArgumentException($"Images of shape [{string.Join(" × ", images.shape)}] do not fit labels of shape [{string.Join(" × ", labels.shape)}].", nameof(labels));
        }

        (Images, Labels) = (images.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
    }

    /// <summary>Draws images of the training part, without repeats.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="count">How many; all if there are fewer. At least 1.</param>
    /// <param name="resolution">Height and width that the network takes.</param>
    /// <param name="seeds">The seeds of the draw.</param>
    public static ProxyBatch Draw(ImageDataSet data, int count, int resolution, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using DisposeScope scope = NewDisposeScope();
        int[] drawn = [.. Enumerable.Range(0, data.Train.Count)];
        seeds.Child("images").CreateRandom().Shuffle(drawn);
        (Tensor images, Tensor labels) = new ImageBatches(data, data.Train, CPU).Take(drawn.AsSpan(0, Math.Min(count, drawn.Length)));
        return new ProxyBatch(ImageBatches.Resize(images, resolution), labels);
    }

    /// <summary>Gets the images, <c>[n, channels, height, width]</c>.</summary>
    public Tensor Images { get; }

    /// <summary>Gets the classes, <c>[n]</c>.</summary>
    public Tensor Labels { get; }

    /// <summary>Gets the number of images.</summary>
    public int Count => (int)Labels.size(0);

    /// <summary>Gives the first images and their classes; all of them if there are fewer.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="start">The first one's number.</param>
    public (Tensor Images, Tensor Labels) Take(int count, int start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, Count);
        int taken = Math.Min(count, Count - start);
        return (Images.narrow(0, start, taken), Labels.narrow(0, start, taken));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
