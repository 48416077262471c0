using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;

namespace NasEngine.Training.DataSets;

/// <summary>The batches of a training, addressed by step: every epoch is a new permutation, and a training can start at any step.</summary>
/// <remarks>Steps count from 0 over all epochs. The last images of an epoch that do not fill a batch are left out of that epoch. Not thread-safe: the last epoch's order is kept.</remarks>
public sealed class BatchOrder
{
    private readonly ReadOnlyMemory<int> _indices;
    private readonly SeedTree _seeds;
    private readonly int[] _order;
    private long _epoch = -1;

    /// <summary>Initializes an order.</summary>
    /// <param name="indices">The images to train on, such as <see cref="DataSplit.Train"/>.</param>
    /// <param name="batchSize">Images in a batch. From 1 to the number of images.</param>
    /// <param name="seeds">The seeds of order and augmentation.</param>
    /// <exception cref="UsageException">There is no full batch.</exception>
    public BatchOrder(ReadOnlyMemory<int> indices, int batchSize, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        if (batchSize < 1 || batchSize > indices.Length)
        {
            throw new UsageException($"A batch of {batchSize} images cannot be drawn from {indices.Length} training images: 1 to {indices.Length} can be.");
        }

        (_indices, BatchSize, _seeds) = (indices, batchSize, seeds);
        _order = new int[indices.Length];
    }

    /// <summary>Gets the number of images in every batch.</summary>
    public int BatchSize { get; }

    /// <summary>Gets the number of full batches in an epoch; at least 1.</summary>
    public int BatchesPerEpoch => _indices.Length / BatchSize;

    /// <summary>Gives the images of a step.</summary>
    /// <param name="step">From 0.</param>
    /// <returns><c>[batch]</c> indices, valid until the next call.</returns>
    /// <remarks>O(images) when the epoch changes, otherwise O(1).</remarks>
    public ReadOnlySpan<int> Batch(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        (long epoch, long batch) = Math.DivRem(step, BatchesPerEpoch);
        if (epoch != _epoch)
        {
            _indices.Span.CopyTo(_order);
            _seeds.Child("order").Child(epoch).CreateRandom().Shuffle(_order);
            _epoch = epoch;
        }

        return _order.AsSpan((int)batch * BatchSize, BatchSize);
    }

    /// <summary>Draws how the images of a step are changed; the same step always gives the same draw.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="largestShift">Pixels an image may move in each direction; 0 for none.</param>
    /// <param name="flip">Whether half of the images, on average, are mirrored.</param>
    public BatchAugmentation Augmentation(long step, int largestShift, bool flip)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfNegative(largestShift);
        Random random = _seeds.Child("augmentation").Child(step).CreateRandom();
        int[] down = new int[BatchSize];
        int[] right = new int[BatchSize];
        bool[] mirrored = new bool[BatchSize];
        for (int image = 0; image < BatchSize; image++)
        {
            down[image] = random.Next(-largestShift, largestShift + 1);
            right[image] = random.Next(-largestShift, largestShift + 1);
            mirrored[image] = random.Next(2) == 1 && flip;
        }

        return new BatchAugmentation(down, right, mirrored);
    }
}
