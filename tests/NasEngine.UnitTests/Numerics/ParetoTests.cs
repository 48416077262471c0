using NasEngine.Numerics.Pareto;

namespace NasEngine.UnitTests.Numerics;

internal sealed class ParetoTests
{
    [Test]
    public void AssignRanks_RandomPoints_EqualsPlain([Values(1, 2, 3, 5)] int columns, [Values(0, 1, 2, 60)] int rows, [Values(0, 4)] int levels)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            double[][] points = PlainPareto.RandomPoints(new Random(seed), rows, columns, levels);
            int[] ranks = new int[rows];
            ParetoSort.AssignRanks(Flat(points), columns, ranks);
            Assert.That(ranks, Is.EqualTo(PlainPareto.Ranks(points)));
        }
    }

    [Test]
    public void AssignRanks_Infinite_IsWorstOrBest()
    {
        int[] ranks = new int[3];
        ParetoSort.AssignRanks([1, 1, double.PositiveInfinity, 2, double.NegativeInfinity, 3], 2, ranks);
        Assert.That(ranks, Is.EqualTo(new[] { 0, 1, 0 }));
    }

    [Test]
    public void AssignRanks_NaN_Throws() => Assert.That(() => ParetoSort.AssignRanks([1, double.NaN], 2, new int[1]), Throws.ArgumentException.With.Message.Contains("point 0"));

    [Test]
    public void AssignRanks_WrongShape_NamesIt() => Assert.That(() => ParetoSort.AssignRanks([1, 2, 3], 2, new int[1]), Throws.ArgumentException.With.Message.Contains("[n × 2]"));

    [Test]
    public void AssignRanks_SecondCall_AllocatesNothing([Values(2, 3)] int columns)
    {
        double[] points = Flat(PlainPareto.RandomPoints(new Random(1), 100, columns, 0));
        int[] ranks = new int[100];
        ParetoSort.AssignRanks(points, columns, ranks);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ParetoSort.AssignRanks(points, columns, ranks);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Crowding_RandomFront_EqualsPlain([Values(1, 2, 3)] int columns, [Values(1, 2, 40)] int rows, [Values(0, 5)] int levels)
    {
        double[][] points = PlainPareto.RandomPoints(new Random(3), rows, columns, levels);
        double[] distances = new double[rows];
        CrowdingDistance.Assign(Flat(points), columns, distances);
        Assert.That(distances, Is.EqualTo(PlainPareto.Crowding(points)).Within(1e-12));
    }

    [TestCase(1, 30)]
    [TestCase(2, 40)]
    [TestCase(3, 25)]
    [TestCase(4, 12)]
    [TestCase(5, 9)]
    public void Hypervolume_RandomPoints_EqualsPlain(int columns, int rows)
    {
        double[] reference = [.. Enumerable.Repeat(0.9, columns)];
        for (int seed = 0; seed < 20; seed++)
        {
            double[][] points = PlainPareto.RandomPoints(new Random(seed), rows, columns, seed % 2 == 0 ? 0 : 4);
            Assert.That(Hypervolume.Compute(Flat(points), reference), Is.EqualTo(PlainPareto.Hypervolume(points, reference)).Within(1e-12));
        }
    }

    [Test]
    public void Hypervolume_NothingBetterThanReference_IsZero() => Assert.That(Hypervolume.Compute([1, 0, 0, 1], [1, 1]), Is.Zero);

    [Test]
    public void Staircase_PointByPoint_EqualsHypervolumeOfPrefix([Values(0, 6)] int levels)
    {
        double[][] points = PlainPareto.RandomPoints(new Random(9), 200, 2, levels);
        HypervolumeStaircase staircase = new(0.95, 0.95);
        for (int count = 1; count <= points.Length; count++)
        {
            staircase.Add(points[count - 1][0], points[count - 1][1]);
            Assert.That(staircase.Area, Is.EqualTo(Hypervolume.Compute(Flat(points[..count]), [0.95, 0.95])).Within(1e-12));
        }
    }

    private static double[] Flat(double[][] points) => [.. points.SelectMany(point => point)];
}
