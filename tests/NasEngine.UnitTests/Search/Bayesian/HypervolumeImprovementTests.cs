using NasEngine.Numerics.Pareto;
using NasEngine.Search.Bayesian;
using NasEngine.Search.Surrogates;

namespace NasEngine.UnitTests.Search.Bayesian;

internal sealed class HypervolumeImprovementTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void LogExpected_RandomFronts_EqualsMonteCarlo(int objectives)
    {
        Random random = new(objectives);
        double[] reference = [.. Enumerable.Repeat(1.0, objectives)];
        double[][] front = [.. Enumerable.Range(0, 6).Select(_ => reference.Select(_ => random.NextDouble()).ToArray())];
        double[] means = [.. reference.Select(_ => 0.2 + (0.3 * random.NextDouble()))];
        double[] deviations = [.. reference.Select(_ => 0.1 + (0.2 * random.NextDouble()))];
        double known = Hypervolume.Compute([.. front.SelectMany(point => point)], reference);
        const int Draws = 40_000;
        double sum = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] point = [.. means.Select((mean, objective) => mean + (deviations[objective] * Normal(random)))];
            sum += Hypervolume.Compute([.. front.SelectMany(member => member), .. point], reference) - known;
        }

        double expected = Math.Exp(new HypervolumeImprovement(front, reference).LogExpected(means, deviations));
        Assert.That(expected, Is.EqualTo(sum / Draws).Within(4).Percent);
    }

    [Test]
    public void LogExpected_EverFurtherBehindTheFront_FallsAndStaysFinite()
    {
        HypervolumeImprovement improvement = new([[0, 1], [1, 0]], [2, 2]);
        double[] logarithms = [.. Enumerable.Range(0, 200).Select(step => improvement.LogExpected([1 + step, 1 + step], [0.5, 0.5]))];
        Assert.That(logarithms, Is.Ordered.Descending);
        Assert.That(logarithms, Has.All.Matches<double>(double.IsFinite));
        Assert.That(logarithms[^1], Is.LessThan(-1e5));
    }

    // The logarithm of φ(u) + u Φ(u), with 40 digits by mpmath.
    [TestCase(0, -0.9189385332046727)]
    [TestCase(-1, -2.4851210257126413)]
    [TestCase(-10, -55.553122036122356)]
    [TestCase(-40, -808.29856835661996)]
    public void LogImprovement_IntoTheTail_EqualsKnownValues(double u, double expected) =>
        Assert.That(NormalDistribution.LogImprovement(u), Is.EqualTo(expected).Within(1e-9));

    [TestCase(-3, 0.0013498980316300946)]
    [TestCase(-0.3, 0.3820885778110474)]
    [TestCase(0, 0.5)]
    [TestCase(1.5, 0.9331927987311419)]
    [TestCase(6, 0.9999999990134123)]
    public void Cumulative_AnyPlace_EqualsKnownValues(double u, double expected)
    {
        Assert.That(NormalDistribution.Cumulative(u), Is.EqualTo(expected).Within(1e-14));
        Assert.That(NormalDistribution.LogCumulative(u), Is.EqualTo(Math.Log(expected)).Within(1e-12));
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Boxes_OfAFront_FillWhatItLeavesAndDoNotOverlap(int objectives)
    {
        Random random = new(5);
        double[] reference = [.. Enumerable.Repeat(1.0, objectives)];
        double[][] front = [.. Enumerable.Range(0, 9).Select(_ => reference.Select(_ => random.NextDouble()).ToArray())];
        BoxDecomposition decomposition = new(front, reference);
        double volume = 0;
        foreach (int[] box in decomposition.Boxes)
        {
            double sides = 1;
            for (int objective = 0; objective < objectives; objective++)
            {
                sides *= decomposition.Levels[objective][box[objectives + objective]] - Math.Max(0, decomposition.Levels[objective][box[objective]]);
            }

            volume += sides;
        }

        Assert.That(volume + Hypervolume.Compute([.. front.SelectMany(point => point)], reference), Is.EqualTo(1).Within(1e-12));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
