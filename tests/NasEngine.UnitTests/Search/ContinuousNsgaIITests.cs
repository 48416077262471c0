using NasEngine.Numerics.Pareto;
using NasEngine.Search.NsgaII;
using NasEngine.Search.NsgaII.Continuous;

namespace NasEngine.UnitTests.Search;

internal sealed class ContinuousNsgaIITests
{
    [Test]
    public void Advance_ConvexFront_ComesNearToItWithinTheBounds()
    {
        ContinuousNsgaII search = Create(100, 1);
        double start = Hypervolume.Compute(search.Costs, [1.1, 1.1]);
        for (int generation = 0; generation < 150; generation++)
        {
            search.Advance();
        }

        Assert.That(start, Is.LessThan(0.1));
        Assert.That(Hypervolume.Compute(search.Costs, [1.1, 1.1]), Is.GreaterThan(0.86).And.LessThan(0.8767)); // the front itself has 0.8767
        Assert.That(search.Variables.ToArray(), Is.All.InRange(0.0, 1.0));
    }

    [Test]
    public void Advance_Costs_BelongToTheirPoints()
    {
        ContinuousNsgaII search = Create(20, 2);
        for (int generation = 0; generation < 10; generation++)
        {
            search.Advance();
        }

        double[] costs = new double[2];
        for (int row = 0; row < 20; row++)
        {
            Zdt1(search.Variables.Slice(row * 10, 10), costs);
            Assert.That(search.Costs.Slice(2 * row, 2).ToArray(), Is.EqualTo(costs));
        }
    }

    [Test]
    public void Advance_SameSeed_GivesTheSamePoints()
    {
        (ContinuousNsgaII first, ContinuousNsgaII second) = (Create(20, 3), Create(20, 3));
        first.Advance();
        second.Advance();
        Assert.That(first.Variables.ToArray(), Is.EqualTo(second.Variables.ToArray()));
    }

    [Test]
    public void Advance_AfterTheFirst_AllocatesNothing()
    {
        ContinuousNsgaII search = Create(20, 4);
        for (int generation = 0; generation < 3; generation++)
        {
            search.Advance();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        search.Advance();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Create_BoundsOrOptionsOutOfRange_Throws()
    {
        Assert.That(() => new ContinuousNsgaII([0, 1], [1], 2, Zdt1, new ContinuousNsgaIIOptions(), 1), Throws.ArgumentException);
        Assert.That(() => new ContinuousNsgaII([2], [1], 2, Zdt1, new ContinuousNsgaIIOptions(), 1), Throws.ArgumentException);
        Assert.That(() => new ContinuousNsgaII([0], [1], 2, Zdt1, new ContinuousNsgaIIOptions { PopulationSize = 5 }, 1), Throws.ArgumentException);
    }

    [Test]
    public void Choose_RandomPools_KeepsWholeFrontsAndTheLeastCrowdedOfTheLast()
    {
        Random random = new(1);
        SurvivalSelection selection = new();
        for (int round = 0; round < 50; round++)
        {
            double[] costs = [.. Enumerable.Range(0, 120).Select(_ => random.Next(12) / 4.0)];
            double[] violations = [.. Enumerable.Range(0, 60).Select(_ => (double)Math.Max(0, random.Next(6) - 3))];
            int[] chosen = selection.Choose(costs, 2, violations, 30).ToArray();
            Assert.That(chosen.Distinct().Count(), Is.EqualTo(30));
            int last = chosen.Max(row => selection.Ranks[row]);
            for (int row = 0; row < 60; row++)
            {
                bool isChosen = chosen.Contains(row);
                Assert.That(isChosen || selection.Ranks[row] >= last);
                double least = chosen.Where(other => selection.Ranks[other] == last).Min(other => selection.Crowding[other]);
                Assert.That(isChosen || selection.Ranks[row] > last || selection.Crowding[row] <= least);
                Assert.That(Enumerable.Range(0, 60).Where(other => violations[other] < violations[row]).All(other => selection.Ranks[other] < selection.Ranks[row]));
            }
        }
    }

    private static ContinuousNsgaII Create(int population, long seed) =>
        new(new double[10], [.. Enumerable.Repeat(1.0, 10)], 2, Zdt1, new ContinuousNsgaIIOptions { PopulationSize = population }, seed);

    private static void Zdt1(ReadOnlySpan<double> x, Span<double> costs)
    {
        double g = 1;
        foreach (double value in x[1..])
        {
            g += 9 * value / (x.Length - 1);
        }

        (costs[0], costs[1]) = (x[0], g * (1 - Math.Sqrt(x[0] / g)));
    }
}
