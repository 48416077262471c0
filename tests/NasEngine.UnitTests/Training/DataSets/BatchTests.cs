using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

internal sealed class BatchTests
{
    private static readonly int[] Indices = [.. Enumerable.Range(100, 23)];

    [Test]
    public void Batch_OverAnEpoch_GivesEachImageAtMostOnce()
    {
        BatchOrder order = new(Indices, 5, new SeedTree(1));

        int[] epoch = [.. Enumerable.Range(0, order.BatchesPerEpoch).SelectMany(step => order.Batch(step).ToArray())];

        Assert.That(epoch, Is.Unique.And.SubsetOf(Indices).And.Exactly(20).Items);
    }

    [Test]
    public void Batch_StartedAtAnyStep_EqualsTheWholeTraining()
    {
        BatchOrder whole = new(Indices, 5, new SeedTree(1));
        int[][] steps = [.. Enumerable.Range(0, 13).Select(step => whole.Batch(step).ToArray())];

        Assert.That(new BatchOrder(Indices, 5, new SeedTree(1)).Batch(9).ToArray(), Is.EqualTo(steps[9]));
        Assert.That(whole.Batch(3).ToArray(), Is.EqualTo(steps[3]));
        Assert.That(steps[0], Is.Not.EqualTo(steps[4]), "Every epoch has its own order.");
    }

    [TestCase(0)]
    [TestCase(24)]
    public void Create_NoFullBatch_NamesTheRange(int size) =>
        Assert.That(() => new BatchOrder(Indices, size, new SeedTree(1)), Throws.TypeOf<UsageException>().With.Message.Contains("1 to 23"));

    [Test]
    public void Augmentation_OverManySteps_StaysInItsRangeAndReachesItsEnds()
    {
        BatchOrder order = new(Indices, 20, new SeedTree(1));
        BatchAugmentation[] drawn = [.. Enumerable.Range(0, 30).Select(step => order.Augmentation(step, 2, flip: true))];

        Assert.That(drawn.SelectMany(a => a.Down).Distinct().Order(), Is.EqualTo(new[] { -2, -1, 0, 1, 2 }));
        Assert.That(drawn.SelectMany(a => a.Flip).Count(flip => flip), Is.InRange(240, 360));
        Assert.That(order.Augmentation(7, 2, flip: true).Right, Is.EqualTo(drawn[7].Right));
        Assert.That(order.Augmentation(7, 0, flip: false).Flip, Is.All.False);
    }

    [TestCase(1, 28, 28, PixelOrder.ChannelsFirst)]
    [TestCase(3, 5, 9, PixelOrder.ChannelsFirst)]
    [TestCase(3, 16, 16, PixelOrder.ChannelsLast)]
    [TestCase(1, 3, 3, PixelOrder.ChannelsLast)]
    public void Gather_Augmented_EqualsThePlainFormula(int channels, int height, int width, PixelOrder order)
    {
        LabelledImages part = DataFixtures.Images(10, channels, height, width);
        ImageDataSet data = DataFixtures.DataSet(part);
        int[] indices = [4, 0, 9, 4];
        BatchAugmentation changes = new([1, -2, 0, 99], [-1, 2, 0, 0], [true, false, true, false]);
        float[] values = new float[4 * part.ImageSize];

        new BatchGatherer(data, part).Gather(indices, values, order, changes);

        IEnumerable<double> expected =
            from i in Enumerable.Range(0, 4)
            from place in Enumerable.Range(0, part.ImageSize)
            let c = order == PixelOrder.ChannelsFirst ? place / (height * width) : place % channels
            let pixel = order == PixelOrder.ChannelsFirst ? place % (height * width) : place / channels
            let y = (pixel / width) - changes.Down[i]
            let shifted = (pixel % width) - changes.Right[i]
            let inside = y >= 0 && y < height && shifted >= 0 && shifted < width
            let x = changes.Flip[i] ? width - 1 - shifted : shifted
            let raw = inside ? part.Image(indices[i])[(((c * height) + y) * width) + x] / 255.0 : 0
            select (raw - data.Mean[c]) / data.StandardDeviation[c];
        Assert.That(values.Select(value => (double)value), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Gather_WholeTrainingPart_HasMeanZeroAndDeviationOne()
    {
        LabelledImages part = DataFixtures.Images(50, 1, 28, 28);
        float[] values = new float[50 * 784];

        new BatchGatherer(DataFixtures.DataSet(part), part).Gather([.. Enumerable.Range(0, 50)], values);

        Assert.That(values.Average(value => (double)value), Is.Zero.Within(1e-5));
        Assert.That(values.Average(value => (double)value * value), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void GatherLabels_AnyOrder_GivesTheLabelsOfTheImages()
    {
        LabelledImages part = DataFixtures.Images(30);
        long[] labels = new long[3];

        new BatchGatherer(DataFixtures.DataSet(part), part).GatherLabels([17, 0, 29], labels);

        Assert.That(labels, Is.EqualTo(new long[] { 7, 0, 9 }));
    }

    [Test]
    public void Fingerprint_OnePixelChanged_Differs()
    {
        byte[] pixels = DataFixtures.Images(30).Pixels.ToArray();
        ImageDataSet before = DataFixtures.DataSet(new LabelledImages(1, 5, 7, [.. pixels], new int[30]));
        pixels[77] ^= 1;

        Assert.That(DataFixtures.DataSet(new LabelledImages(1, 5, 7, pixels, new int[30])).Fingerprint, Is.Not.EqualTo(before.Fingerprint));
        Assert.That(before.Fingerprint, Has.Length.EqualTo(64));
    }
}
