using NasEngine.Benchmarks.Devices;
using NasEngine.Benchmarks.Networks;
using NasEngine.Benchmarks.Onnx;
using NasEngine.Benchmarks.Jobs;
using NasEngine.Benchmarks.Search;
using NasEngine.Benchmarks.Predictors;
using NasEngine.Benchmarks.Storage;
using NasEngine.Benchmarks.Tables;
using NasEngine.Benchmarks.Torch;
using NasEngine.Benchmarks.Training;
using NasEngine.Benchmarks.Web;
using NasEngine.Benchmarks.ZeroCost;

Dictionary<string, Func<TextWriter, int>> benchmarks = new()
{
    ["curves"] = CurvesBenchmark.Run,
    ["device-pull"] = DevicePullBenchmark.Run,
    ["devices"] = DevicesBenchmark.Run,
    ["export"] = ExportBenchmark.Run,
    ["knapsack"] = KnapsackBenchmark.Run,
    ["latency"] = LatencyBenchmark.Run,
    ["leak"] = LeakBenchmark.Run,
    ["fuzz"] = FuzzBenchmark.Run,
    ["hostile"] = HostileBenchmark.Run,
    ["kill"] = KillBenchmark.Run,
    ["service-kill"] = ServiceKillBenchmark.Run,
    ["two-workers"] = TwoWorkersBenchmark.Run,
    ["workers"] = WorkersBenchmark.Run,
    ["pages"] = PagesBenchmark.Run,
    ["predict"] = PredictBenchmark.Run,
    ["table-search"] = TableSearchBenchmark.Run,
    ["overhead"] = OverheadBenchmark.Run,
    ["search"] = SearchBenchmark.Run,
    ["proxies"] = ProxiesBenchmark.Run,
    ["service"] = ServiceBenchmark.Run,
    ["slices"] = SlicesBenchmark.Run,
    ["store"] = StoreBenchmark.Run,
    ["train-step"] = TrainStepBenchmark.Run,
    ["training-checks"] = TrainingChecksBenchmark.Run,
};

if (args.Length == 1 && benchmarks.TryGetValue(args[0], out Func<TextWriter, int>? benchmark))
{
    return benchmark(Console.Out);
}

Console.Error.WriteLine($"bench: Name one benchmark. Known: {string.Join(", ", benchmarks.Keys.Order(StringComparer.Ordinal))}.");
return 2;
