using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;

namespace NasEngine.Training.DataSets;

/// <summary>Which training images are trained on, and which are held out to choose architectures by.</summary>
/// <remarks>
/// Depends on the seed, the size and the labels alone. Each class is held out in proportion to its share of the training images, rounded by largest
/// remainder, so that a balanced data set gives a balanced validation part. The test part is never touched. Immutable and thread-safe.
/// </remarks>
public sealed class DataSplit
{
    private readonly int[] _train;
    private readonly int[] _validation;

    private DataSplit(int[] train, int[] validation) => (_train, _validation) = (train, validation);

    /// <summary>Gets the indices into <see cref="ImageDataSet.Train"/> to train on, ascending.</summary>
    public ReadOnlyMemory<int> Train => _train;

    /// <summary>Gets the indices into <see cref="ImageDataSet.Train"/> that are held out, ascending.</summary>
    public ReadOnlyMemory<int> Validation => _validation;

    /// <summary>Draws a split.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="validationSize">How many images to hold out. From 0 to the number of training images − 1.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="UsageException"><paramref name="validationSize"/> leaves nothing to train on, or is negative.</exception>
    public static DataSplit Draw(ImageDataSet data, int validationSize, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (validationSize < 0 || validationSize >= data.Train.Count)
        {
            throw new UsageException(
                $"A validation part of {validationSize} images cannot be held out: {data.Name} has {data.Train.Count} training images, so 0 to {data.Train.Count - 1} can be.");
        }

        (int[] train, int[] validation) = HoldOut(data.Train.Labels.Span, data.Classes, validationSize, new SeedTree(seed).Child("validation"));
        return new DataSplit(train, validation);
    }

    /// <summary>Gives the same split with fewer held-out images, each class in proportion to its share of them.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="size">How many images; all of them if there are no more.</param>
    /// <param name="seeds">The seeds of the draw.</param>
    internal DataSplit WithFewerHeldOut(ImageDataSet data, int size, SeedTree seeds)
    {
        if (size >= _validation.Length)
        {
            return this;
        }

        ReadOnlyMemory<int> labels = data.Train.Labels;
        int[] heldOut = HoldOut([.. _validation.Select(index => labels.Span[index])], data.Classes, size, seeds.Child("validation")).HeldOut;
        return new DataSplit(_train, [.. heldOut.Select(place => _validation[place])]);
    }

    /// <summary>Divides the numbers 0 to n − 1 into those that stay and those held out, each class in proportion to its share.</summary>
    internal static (int[] Kept, int[] HeldOut) HoldOut(ReadOnlySpan<int> labels, int classes, int size, SeedTree seeds)
    {
        List<int>[] members = [.. Enumerable.Range(0, classes).Select(_ => new List<int>())];
        for (int index = 0; index < labels.Length; index++)
        {
            members[labels[index]].Add(index);
        }

        int[] quotas = Quotas([.. members.Select(list => list.Count)], size);
        bool[] heldOut = new bool[labels.Length];
        for (int number = 0; number < classes; number++)
        {
            int[] order = [.. members[number]];
            seeds.Child(number).CreateRandom().Shuffle(order);
            foreach (int index in order.AsSpan(0, quotas[number]))
            {
                heldOut[index] = true;
            }
        }

        int[] all = [.. Enumerable.Range(0, labels.Length)];
        return ([.. all.Where(index => !heldOut[index])], [.. all.Where(index => heldOut[index])]);
    }

    private static int[] Quotas(int[] counts, int size)
    {
        long total = counts.Sum();
        int[] quotas = [.. counts.Select(count => (int)((long)count * size / total))];
        int missing = size - quotas.Sum();
        foreach (int number in Enumerable.Range(0, counts.Length).OrderByDescending(number => (long)counts[number] * size % total).ThenBy(number => number).Take(missing))
        {
            quotas[number]++;
        }

        return quotas;
    }
}
