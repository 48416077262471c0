using NasEngine.Core.Errors;
using NasEngine.Training.DataSets;

namespace NasEngine.UnitTests.Training.DataSets;

internal sealed class DataSplitTests
{
    [Test]
    public void Draw_BalancedData_IsBalancedDisjointAndComplete()
    {
        ImageDataSet data = DataFixtures.DataSet(DataFixtures.Images(1000));

        DataSplit split = DataSplit.Draw(data, 200, seed: 3);

        int[] validation = split.Validation.ToArray();
        Assert.That(validation.CountBy(index => data.Train.Labels.Span[index]).Select(pair => pair.Value), Is.All.EqualTo(20).And.Exactly(10).Items);
        Assert.That(validation.Concat(split.Train.ToArray()).Order(), Is.EqualTo(Enumerable.Range(0, 1000)));
    }

    [Test]
    public void Draw_SameSeed_IsTheSameAndOtherSeedIsNot()
    {
        ImageDataSet data = DataFixtures.DataSet(DataFixtures.Images(300));
        int[] first = DataSplit.Draw(data, 60, 1).Validation.ToArray();

        Assert.That(DataSplit.Draw(data, 60, 1).Validation.ToArray(), Is.EqualTo(first));
        Assert.That(DataSplit.Draw(data, 60, 2).Validation.ToArray(), Is.Not.EqualTo(first));
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(99)]
    public void Draw_ClassesOfUnequalSize_HoldsOutInProportionAndExactlyTheSize(int size)
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 70 ? 0 : i < 95 ? 1 : 2)];
        ImageDataSet data = DataFixtures.DataSet(new LabelledImages(1, 1, 1, new byte[100], labels), classes: 3);

        DataSplit split = DataSplit.Draw(data, size, 5);

        Assert.That(split.Validation.Length, Is.EqualTo(size));
        Assert.That(split.Validation.ToArray().Count(index => labels[index] == 0), Is.EqualTo(0.7 * size).Within(1));
    }

    [TestCase(-1)]
    [TestCase(100)]
    public void Draw_NothingLeftToTrainOn_NamesTheRange(int size) =>
        Assert.That(
            () => DataSplit.Draw(DataFixtures.DataSet(DataFixtures.Images(100)), size, 5),
            Throws.TypeOf<UsageException>().With.Message.Contains("0 to 99"));
}
