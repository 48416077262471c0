using System.Globalization;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Tables;
using NasEngine.Testing;

namespace NasEngine.Benchmarks.Tables;

/// <summary>Predicts published tables with <c>auto</c>, as <c>nas table predict</c> does, beside the figures that are asked for.</summary>
internal static class PredictBenchmark
{
    private const int Seeds = 5;

    private static readonly string[] Proxies =
        ["epe_nas", "fisher", "flops", "grad_norm", "grasp", "jacov", "l2_norm", "nwot", "params", "plain", "snip", "synflow", "zen"];

    private static readonly string[] HatFeatures =
    [
        "encoder_embed_dim", "encoder_layer_num", "encoder_ffn_embed_dim_avg", "encoder_self_attention_heads_avg", "decoder_embed_dim", "decoder_layer_num",
        "decoder_ffn_embed_dim_avg", "decoder_self_attention_heads_avg", "decoder_ende_attention_heads_avg", "decoder_arbitrary_ende_attn_avg",
    ];

    /// <summary>Predicts every table.</summary>
    /// <param name="output">Receives a line for each figure.</param>
    /// <returns>0 if every figure is reached, 1 otherwise.</returns>
    internal static int Run(TextWriter output)
    {
        int missed = 0;
        output.WriteLine($"auto, mean (deviation) of {Seeds} seeds");
        foreach ((string table, string? space, string target, string[] features, int train, TableSplit split, string metric, double asked) in Figures())
        {
            string file = SharedData.FindOrIgnore($"tables/{table}.csv");
            TableSource source = space is null ? new(file, HatFeatures, [], null) : new(file, [], [], RepositoryFiles.PathOf($"searchspaces/{space}.json"));
            int seeds = split == TableSplit.File && train == 1600 ? 1 : Seeds;
            TablePredictionReport report = TablePrediction.Run(new(source, target, features, train, seeds, "auto", split), SilentProgress.Instance, CancellationToken.None);
            Spread measured = report.Metrics[metric];
            bool reached = metric == "tau" ? measured.Mean >= asked : measured.Mean <= asked;
            missed += reached ? 0 : 1;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{table,-30} {train,5} rows  {metric,-4} {measured.Mean:0.0000} ({measured.Std:0.0000})  asked {asked:0.####}  {(reached ? "reached" : "missed ")}  fit {report.FitSeconds:0.0} s, {report.PredictPerSecond:#,0} predictions/s, {string.Join(' ', report.Chosen.Distinct())}"));
        }

        return missed == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Table, string? Space, string Target, string[] Features, int Train, TableSplit Split, string Metric, double Asked)> Figures()
    {
        const string Latency = "latency_mean_encoder+latency_mean_decoder";
        yield return ("nb201_proxies", "nas-bench-201", "test_acc", Proxies, 128, TableSplit.Random, "tau", 0.81);
        yield return ("nb201_proxies", "nas-bench-201", "test_acc", Proxies, 512, TableSplit.Random, "tau", 0.845);
        yield return ("nb201", "nas-bench-201", "test_acc", [], 128, TableSplit.Random, "tau", 0.75);
        foreach ((int train, double asked) in new[] { (100, 0.91), (200, 0.94), (500, 0.957) })
        {
            yield return ("ofa_mbv3_imagenet", "ofa-mobilenet-v3", "top1", [], train, TableSplit.Random, "tau", asked);
        }

        foreach ((string table, double all, double few) in new[] { ("hat_wmt14ende_cpu_xeon", 4.4, 4.40), ("hat_wmt14ende_gpu_titanxp", 1.9, 3.40), ("hat_wmt14enfr_cpu_raspberrypi", 0.60, 0.95), ("hat_iwslt14deen_gpu_titanxp", 1.85, 5.45) })
        {
            yield return (table, null, Latency, [], 1600, TableSplit.File, "mape", all);
            yield return (table, null, Latency, [], 100, TableSplit.File, "mape", few);
        }
    }
}
