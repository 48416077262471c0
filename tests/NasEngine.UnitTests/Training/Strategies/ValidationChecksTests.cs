using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Testing.Networks;
using NasEngine.Training.DataSets;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;

namespace NasEngine.UnitTests.Training.Strategies;

[NonParallelizable]
internal sealed class ValidationChecksTests
{
    private static readonly SearchSpace[] Spaces = [TrainingFixture.Space, TestSpaces.Tiny(), TestSpaces.TinyCells()];

    [TestCaseSource(nameof(Spaces))]
    public void Check_BetweenAnyTwoSteps_ChangesNothingOfTheTraining(SearchSpace space)
    {
        ImageDataSet data = Images(space);
        DataSplit split = DataSplit.Draw(data, 24, 1);
        TrainingOptions options = TrainingFixture.Options with { Steps = 6, BatchSize = 8, Flip = true };
        (float[][] left, _) = Train(space, data, split, options, isChecked: false);
        (float[][] looked, ValidationCheck? last) = Train(space, data, split, options, isChecked: true);
        Assert.That(looked, Is.EqualTo(left));
        Assert.That(last!.Images, Is.EqualTo(24));
        Assert.That((last.LargestAccuracy, last.SmallestAccuracy), Is.EqualTo((Math.Clamp(last.LargestAccuracy, 0, 1), Math.Clamp(last.SmallestAccuracy, 0, 1))));
    }

    [TestCase(1, 64)]
    [TestCase(7, 16)]
    [TestCase(60, 16)]
    [TestCase(1000, 64)]
    [TestCase(20_000, 128)]
    [TestCase(1_000_000, 1024)]
    public void IsDue_OverAWholeTraining_CostsLittleAndEndsWithTheLastStep(int steps, int batch)
    {
        using Supernet supernet = TrainingFixture.CreateSupernet();
        TrainingOptions options = new() { Steps = steps, BatchSize = batch };
        ValidationChecks checks = new(supernet, TrainingFixture.Data, TrainingFixture.Split, options, 10, new SeedTree(1));
        long[] due = [.. Enumerable.Range(1, steps).Select(step => (long)step).Where(checks.IsDue)];
        Assert.That(due[^1], Is.EqualTo(steps));
        Assert.That(due, Has.Length.InRange(1, 51));
        Assert.That(due.SkipLast(1).Select(step => step % 10), Is.All.Zero);
        Assert.That(due.Zip(due.Skip(1), (one, next) => next - one), Is.All.GreaterThanOrEqualTo(Math.Min(10, steps)));
    }

    [Test]
    public void IsDue_NothingHeldOut_IsNever()
    {
        using Supernet supernet = TrainingFixture.CreateSupernet();
        ValidationChecks checks = new(supernet, TrainingFixture.Data, DataSplit.Draw(TrainingFixture.Data, 0, 1), TrainingFixture.Options, 10, new SeedTree(1));
        Assert.That(Enumerable.Range(1, TrainingFixture.Options.Steps).Any(step => checks.IsDue(step)), Is.False);
    }

    [Test]
    public void WithFewerHeldOut_FewerThanThereAre_KeepsTheClassesInProportion()
    {
        DataSplit fewer = TrainingFixture.Split.WithFewerHeldOut(TrainingFixture.Data, 16, new SeedTree(4));
        int[] all = TrainingFixture.Split.Validation.ToArray();
        Assert.That(fewer.Validation.ToArray(), Is.SubsetOf(all).And.Length.EqualTo(16).And.Unique);
        Assert.That(fewer.Validation.ToArray().CountBy(index => TrainingFixture.Data.Train.Labels.Span[index]).Select(pair => pair.Value), Is.All.EqualTo(4));
        Assert.That(fewer.Train.ToArray(), Is.EqualTo(TrainingFixture.Split.Train.ToArray()));
        Assert.That(TrainingFixture.Split.WithFewerHeldOut(TrainingFixture.Data, 1000, new SeedTree(4)).Validation.ToArray(), Is.EqualTo(all));
    }

    private static (float[][] Weights, ValidationCheck? Last) Train(SearchSpace space, ImageDataSet data, DataSplit split, TrainingOptions options, bool isChecked)
    {
        using Supernet supernet = TrainingFixture.CreateSupernet(space);
        using SandwichTrainer trainer = new(supernet, data, split, options, new SeedTree(2));
        ValidationChecks checks = new(supernet, data, split, options, 10, new SeedTree(9));
        ValidationCheck? last = null;
        while (!trainer.IsDone)
        {
            trainer.Advance();
            last = isChecked ? checks.Check() : last;
        }

        return (TrainingFixture.Weights(supernet), last);
    }

    // Noise of the shape that a space's task asks for.
    private static ImageDataSet Images(SearchSpace space)
    {
        (int channels, int classes, int side) = (space.Task.Channels, space.Task.Classes, 12);
        LabelledImages Draw(int count, int seed)
        {
            byte[] pixels = new byte[count * channels * side * side];
            new SeedTree(seed).CreateRandom().NextBytes(pixels);
            return new LabelledImages(channels, side, side, pixels, [.. Enumerable.Range(0, count).Select(image => image % classes)]);
        }

        return new ImageDataSet("noise", [.. Enumerable.Range(0, classes).Select(number => $"class {number}")], Draw(72, 1), Draw(24, 2));
    }
}
