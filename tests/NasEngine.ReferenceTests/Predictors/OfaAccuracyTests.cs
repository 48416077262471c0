using System.Globalization;
using NasEngine.Core.Predictors;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.Quality;
using NasEngine.Testing;

namespace NasEngine.ReferenceTests.Predictors;

/// <summary>ImageNet accuracies of once-for-all subnets, published with DyNAS-T: 200 rows to fit on, the rest to test.</summary>
internal sealed class OfaAccuracyTests
{
    // Resolution, five depths, then twenty kernels and twenty expansions: a unit's depth says how many of its four layers there are.
    private const int Genes = 46;

    [TestCase("gp", 0.93)]
    [TestCase("svr", 0.93)]
    public void Fit_TwoHundredSubnets_OrdersTheRest(string kind, double tau)
    {
        string[][] rows = [.. File.ReadLines(SharedData.FindOrIgnore("tables/ofa_mbv3_imagenet.csv")).Skip(1).Select(static line => line.Split(','))];
        (double[] Features, double Accuracy)[] subnets =
        [
            .. rows.Select(static row => (Features: Masked(row), Accuracy: Number(row[Genes])))
                .GroupBy(static row => string.Join(' ', row.Features)).Select(static group => (group.First().Features, group.Average(static row => row.Accuracy))),
        ];
        FeatureTable table = new([.. Enumerable.Range(0, Genes).Select(static gene => $"gene[{gene}]")], subnets.Select(static subnet => subnet.Features), Enumerable.Repeat(FeatureKind.Ordinal, Genes));
        (IReadOnlyList<int> test, IReadOnlyList<int> train) = HoldOut.Split(table.Rows, 200.0 / table.Rows, 11);
        IPredictor predictor = PredictorRegistry.Default.Trainer(kind, AutoCriterion.KendallTau).Fit(table.Select(train), [.. train.Select(row => subnets[row].Accuracy)], 1);
        PredictorQuality quality = HoldOut.Test(predictor, 200, table.Select(test), [.. test.Select(row => subnets[row].Accuracy)]);
        TestContext.Out.WriteLine(quality);
        Assert.That(quality.KendallTau, Is.GreaterThanOrEqualTo(tau));
    }

    private static double[] Masked(string[] row) => [.. Enumerable.Range(0, Genes).Select(gene => gene < 6 || (gene - 6) % 4 < Number(row[1 + ((gene - 6) % 20 / 4)]) ? Number(row[gene]) : 0)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
