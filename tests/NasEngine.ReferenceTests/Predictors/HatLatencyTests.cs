using System.Globalization;
using NasEngine.Core.Predictors;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.Quality;
using NasEngine.Testing;

namespace NasEngine.ReferenceTests.Predictors;

/// <summary>Latencies of transformers on a Raspberry Pi, published with HAT (Wang et al. 2020): 1600 rows to fit on, the last 200 to test.</summary>
internal sealed class HatLatencyTests
{
    private static readonly string[] Columns =
    [
        "enc.layers", "enc.layers*dim", "enc.layers*ffn", "enc.layers*dim*ffn", "enc.layers*heads", "enc.dim",
        "dec.layers", "dec.layers*dim", "dec.layers*ffn", "dec.layers*dim*ffn", "dec.layers*heads", "dec.layers*cross-heads",
        "dec.layers*attended", "dec.layers*enc.dim", "dec.layers*attended*cross-heads", "dec.dim",
    ];

    [TestCase("robust-additive", 1.0)]
    [TestCase("ridge", 1.0)]
    public void Fit_RaspberryPi_PredictsHeldOutWithinOnePercent(string kind, double percent)
    {
        double[][] rows = [.. File.ReadLines(SharedData.FindOrIgnore("tables/hat_wmt14enfr_cpu_raspberrypi.csv")).Skip(1)
            .Select(line => line.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())];
        FeatureTable table = new(Columns, rows.Select(Features));
        double[] targets = [.. rows.Select(row => row[10] + row[11])];
        int[] train = [.. Enumerable.Range(0, 1600)];
        int[] test = [.. Enumerable.Range(rows.Length - 200, 200)];
        IPredictor predictor = PredictorRegistry.Default.Trainer(kind, AutoCriterion.MeanAbsolutePercentageError).Fit(table.Select(train), targets[..1600], 1);
        PredictorQuality quality = HoldOut.Test(predictor, 1600, table.Select(test), targets[^200..]);
        TestContext.Out.WriteLine(quality);
        Assert.That(quality.MeanAbsolutePercentageError, Is.LessThanOrEqualTo(percent));
    }

    private static double[] Features(double[] row)
    {
        (double dim, double layers, double ffn, double heads) = (row[0], row[1], row[2], row[3]);
        (double decDim, double decLayers, double decFfn, double decHeads, double cross, double attended) = (row[4], row[5], row[6], row[7], row[8], row[9]);
        return
        [
            layers, layers * dim, layers * ffn, layers * dim * ffn, layers * heads, dim,
            decLayers, decLayers * decDim, decLayers * decFfn, decLayers * decDim * decFfn, decLayers * decHeads, decLayers * cross,
            decLayers * attended, decLayers * dim, decLayers * attended * cross, decDim,
        ];
    }
}
