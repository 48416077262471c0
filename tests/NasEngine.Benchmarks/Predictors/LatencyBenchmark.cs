using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Predictors;
using NasEngine.Core.Randomness;
using NasEngine.Predictors;
using NasEngine.Predictors.Adaptation;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.Quality;
using NasEngine.Testing;

namespace NasEngine.Benchmarks.Predictors;

/// <summary>Latencies that HAT published: the robust fit beside HAT's own network, with all rows and with few; then from one device to another.</summary>
/// <remarks>Fitted on rows among the first 1,600, judged on the last 200. Settings were chosen on the 200 between.</remarks>
internal static class LatencyBenchmark
{
    private const int Features = 10;
    private const int Train = 1600;
    private const int Test = 200;
    private const int Few = 100;
    private const int Seeds = 5;

    // Asked of 1,600 rows; asked of 100 rows, which is HAT's network with 1,600 as measured elsewhere.
    private static readonly (string Name, double Asked, double AskedFew)[] Tables =
    [
        ("hat_wmt14ende_cpu_xeon", 4.40, 4.40), ("hat_wmt14ende_gpu_titanxp", 1.90, 3.40), ("hat_wmt14enfr_cpu_raspberrypi", 0.60, 0.95), ("hat_iwslt14deen_gpu_titanxp", 1.85, 5.45),
    ];

    public static int Run(TextWriter output)
    {
        Dictionary<string, (FeatureTable Table, double[] Targets)> data = Tables.ToDictionary(table => table.Name, table => Read(SharedData.FindOrIgnore($"tables/{table.Name}.csv")));
        IPredictorTrainer robust = PredictorRegistry.Default.Trainer("robust-posynomial", AutoCriterion.MeanAbsolutePercentageError);
        IPredictorTrainer peer = PredictorRegistry.Default.Trainer("mlp-hat", AutoCriterion.MeanAbsolutePercentageError);
        output.WriteLine($"MAPE in percent on the last {Test} rows (fit in seconds)");
        foreach ((string name, double asked, double askedFew) in Tables)
        {
            (FeatureTable table, double[] targets) = data[name];
            int[] all = [.. Enumerable.Range(0, Train)];
            (double full, double seconds) = Error(robust, table, targets, all, 1);
            double[] few = [.. Enumerable.Range(1, Seeds).Select(seed => Error(robust, table, targets, Drawn(seed, Few), seed).Error)];
            output.WriteLine(FormattableString.Invariant($"{name,-30} {Train} rows {full:0.00} (asked {asked:0.00}; {seconds:0.0} s)   {Few} rows {few.Average():0.00} from {few.Min():0.00} to {few.Max():0.00} (asked {askedFew:0.00})"));
            output.Flush();
        }

        (string From, string To)[] moves = [("hat_wmt14ende_gpu_titanxp", "hat_wmt14ende_cpu_xeon"), ("hat_wmt14ende_cpu_xeon", "hat_wmt14ende_gpu_titanxp"), ("hat_wmt14ende_gpu_titanxp", "hat_iwslt14deen_gpu_titanxp"), ("hat_wmt14ende_cpu_xeon", "hat_wmt14enfr_cpu_raspberrypi")];
        output.WriteLine($"from one device to another, MAPE in percent, mean of {Seeds} seeds: adapted / fitted anew");
        foreach ((string from, string to) in moves)
        {
            IPredictor source = robust.Fit(data[from].Table.Select([.. Enumerable.Range(0, Train)]), data[from].Targets[..Train], 1);
            AdaptedTrainer adapting = new(source);
            IEnumerable<string> figures = new[] { 10, 20, 50, 100 }.Select(rows => FormattableString.Invariant(
                $"{rows} rows {Mean(adapting, rows):0.00} / {Mean(robust, rows):0.00}"));
            output.WriteLine($"{from} to {to}: {string.Join(", ", figures)}");
            output.Flush();

            double Mean(IPredictorTrainer trainer, int rows) => Enumerable.Range(1, Seeds).Average(seed => Error(trainer, data[to].Table, data[to].Targets, Drawn(seed, rows), seed).Error);
        }

        foreach ((string name, _, _) in Tables)
        {
            (double error, double seconds) = Error(peer, data[name].Table, data[name].Targets, [.. Enumerable.Range(0, Train)], 1);
            output.WriteLine(FormattableString.Invariant($"{name,-30} HAT's network, {Train} rows {error:0.00} ({seconds:0} s)"));
            output.Flush();
        }

        return 0;
    }

    private static (double Error, double Seconds) Error(IPredictorTrainer trainer, FeatureTable table, double[] targets, int[] train, long seed)
    {
        long start = Stopwatch.GetTimestamp();
        IPredictor predictor = trainer.Fit(table.Select(train), [.. train.Select(row => targets[row])], seed);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int[] test = [.. Enumerable.Range(table.Rows - Test, Test)];
        return (HoldOut.Test(predictor, train.Length, table.Select(test), [.. test.Select(row => targets[row])]).MeanAbsolutePercentageError, seconds);
    }

    private static int[] Drawn(int seed, int rows)
    {
        int[] order = [.. Enumerable.Range(0, Train)];
        new SeedTree(seed).Child("split").CreateRandom().Shuffle(order);
        return [.. order.Take(rows).Order()];
    }

    private static (FeatureTable Table, double[] Targets) Read(string path)
    {
        string[] columns = File.ReadLines(path).First().Split(',')[..Features];
        double[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())];
        return (new FeatureTable(columns, rows.Select(row => row[..Features]), columns.Select(_ => FeatureKind.Value)), [.. rows.Select(row => row[Features] + row[Features + 1])]);
    }
}
