using NasEngine.Core.Sampling;
using NasEngine.Core.Spaces;
using NasEngine.Testing.Search;

namespace NasEngine.UnitTests.Core;

internal sealed class StratifiedSamplerTests
{
    private static readonly SearchSpace Space = SyntheticProblem.Create(4).Space;

    [Test]
    public void Draw_LargeSpace_FillsTheBinsEvenly()
    {
        IReadOnlyList<Genotype> drawn = StratifiedSampler.Draw(Space, 200, 10, Size, new Random(1));
        double least = drawn.Min(Size), most = drawn.Max(Size);
        int[] counts = [.. drawn.GroupBy(genotype => Math.Min(9, (int)((Size(genotype) - least) / (most - least) * 10))).Select(bin => bin.Count())];
        Assert.That(drawn, Is.Unique);
        Assert.That(drawn, Has.Count.EqualTo(200));
        Assert.That(counts, Has.Length.EqualTo(10));
        Assert.That(counts, Has.All.InRange(8, 32));
    }

    [Test]
    public void Draw_BinsThatNothingFallsInto_Ends()
    {
        IReadOnlyList<Genotype> drawn = StratifiedSampler.Draw(Space, 60, 20, genotype => genotype.Equals(Space.Largest) ? 1000 : genotype.Choices[0], new Random(2));
        Assert.That(drawn, Is.Unique);
        Assert.That(drawn, Has.Count.EqualTo(60));
    }

    [Test]
    public void Draw_SpaceSmallerThanTheCount_GivesWhatThereIs()
    {
        SearchSpace tiny = SyntheticProblem.Create(1).Space;
        IReadOnlyList<Genotype> drawn = StratifiedSampler.Draw(tiny, 5000, 4, Size, new Random(3));
        Assert.That(drawn, Is.Unique);
        Assert.That(drawn, Has.Count.InRange(700, (int)tiny.Size));
    }

    [Test]
    public void Draw_AConstantCost_Ends() => Assert.That(StratifiedSampler.Draw(Space, 50, 5, _ => 7, new Random(4)), Has.Count.EqualTo(50));

    private static double Size(Genotype genotype) => genotype.Choices.Sum(choice => choice);
}
