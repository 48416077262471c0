using NasEngine.Core.Predictors;
using NasEngine.Predictors.Scaling;

namespace NasEngine.UnitTests.Predictors;

internal sealed class ScalingTests
{
    [TestCase(0.5, 0)]
    [TestCase(0.975, 1.959964)]
    [TestCase(0.001, -3.090232)]
    [TestCase(1e-12, -7.034484)]
    public void Of_Probability_GivesTheTabledQuantile(double probability, double quantile) => Assert.That(NormalQuantile.Of(probability), Is.EqualTo(quantile).Within(2e-6));

    [Test]
    public void Value_OfScore_GivesTheValueBack()
    {
        double[] sample = [10, 10, 40, 91, 92, 93, 93.5, 94, 94.1];
        MonotoneMap map = MonotoneMap.ToNormalScores(sample)!;
        double[] values = [5, 10, 20, 91.5, 94.1, 95];
        Assert.That(values.Select(value => map.Value(map.Score(value))), Is.EqualTo(values).Within(1e-9));
        Assert.That(values.Select(map.Score), Is.Ordered.Ascending);
    }

    [Test]
    public void Value_FarBeyondALongTail_DoesNotRunAway()
    {
        MonotoneMap map = MonotoneMap.ToNormalScores([10, 90, 91, 92, 93, 94, 95, 96])!;
        Assert.That(map.Value(-6), Is.GreaterThan(-150));
    }

    [Test]
    public void ToNormalScores_AllEqual_GivesNone() => Assert.That(MonotoneMap.ToNormalScores([3, 3, 3]), Is.Null);

    [Test]
    public void Of_ConstantAndMultiples_KeepsTheFirstOfEach()
    {
        FeatureTable table = new(["one", "a", "b", "minus a", "shifted b"], Enumerable.Range(0, 9).Select(row => (IReadOnlyList<double>)[1, row, row * row, -row, (2.0 * row * row) + 7]));
        Assert.That(DistinctColumns.Of(table), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Rescaled_LongTailedQuantity_IsMappedAndTheEvenOneIsNot()
    {
        FeatureTable table = new(["even", "tailed"], Enumerable.Range(0, 50).Select(row => (IReadOnlyList<double>)[row, Math.Exp(row)]));
        ColumnView view = ColumnView.Rescaled(table, [0, 1]);
        Assert.That(view.Maps.Select(map => map is not null), Is.EqualTo(new[] { false, true }));
        Assert.That(view.Apply(table).Row(49)[1], Is.InRange(2, 3));
    }
}
