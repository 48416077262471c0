using NasEngine.Numerics.Knapsack;
using NasEngine.Testing;
using NasEngine.Testing.Tables;

namespace NasEngine.ReferenceTests.Search;

/// <summary>The exact optima of SpaceEvo's table for the VNNI processor, found before by dynamic programming in another language.</summary>
internal sealed class StageKnapsackTests
{
    private static readonly Lazy<StageTables> Tables = new(() => StageTables.Read(SharedData.FindOrIgnore("tables/spaceevo_onnxw_lut.zip")));

    [TestCase(5, 2.5418, 0)]
    [TestCase(8, 2.3543, 0)]
    [TestCase(10, 2.2511, 0)]
    [TestCase(15, 2.1131, 0)]
    [TestCase(20, 2.0453, 0)]
    [TestCase(30, 1.9746, 1)]
    public void Solve_OneResolutionForAllStages_IsTheKnownOptimum(double maxMs, double loss, int resolution)
    {
        KnapsackChoice?[] best = [.. Enumerable.Range(0, 3).Select(place => MultipleChoiceKnapsack.Solve(Tables.Value.Parts(place), maxMs))];
        double least = best.Min(choice => choice?.Score) ?? double.NaN;
        Assert.That(least, Is.EqualTo(loss).Within(5e-5));
        Assert.That(Array.FindIndex(best, choice => choice?.Score == least), Is.EqualTo(resolution));
        Assert.That(best[resolution]!.Costs[0], Is.LessThanOrEqualTo(maxMs));
    }

    [Test]
    public void TradeOff_OneSweep_GivesTheOptimumOfEveryLimit()
    {
        KnapsackPart[] parts = Tables.Value.Parts(0);
        IReadOnlyList<KnapsackChoice> choices = MultipleChoiceKnapsack.TradeOff(parts, 30);
        Assert.That(new double[] { 5, 8, 10, 15, 20 }.Select(limit => choices.Last(choice => choice.Costs[0] <= limit).Score), Is.EqualTo(new[] { 2.5418, 2.3543, 2.2511, 2.1131, 2.0453 }).Within(5e-5));
    }
}
