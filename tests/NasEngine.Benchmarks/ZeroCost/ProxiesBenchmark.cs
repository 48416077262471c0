using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Progress;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.ZeroCost;
using NasEngine.Numerics.Statistics;
using NasEngine.Testing;
using NasEngine.Testing.Networks;
using NasEngine.Torch;
using NasEngine.Training.DataSets;
using NasEngine.Training.ZeroCost;

namespace NasEngine.Benchmarks.ZeroCost;

/// <summary>Correlates proxies with the published accuracies of cells of NAS-Bench-201, and finds a combination without training.</summary>
/// <remarks>
/// The quick proxies are computed on 300 cells, the slow ones on the first 60 of them. The combination is chosen on 100 other cells.
/// <c>NAS_BENCH_CELLS</c> sets another number than 300; <c>NAS_BENCH_FOLDER</c> names a folder that keeps rows, so that a stopped benchmark goes on.
/// </remarks>
internal static class ProxiesBenchmark
{
    private const int SlowCells = 60;
    private const int SelectionCells = 100;
    private const int MostInCombination = 5;

    private static readonly string[] Quick = ["params", "macs", "l2", "synflow", "jacov", "naswot", "az_expressivity", "az_progressivity", "az_trainability"];

    // What is asked of our own computation: the correlations that others' have on all cells, and how near to them.
    private static readonly (string Name, double Published)[] Asked = [("naswot", 0.81), ("jacov", 0.80), ("synflow", 0.78)];
    private const double Near = 0.06;
    private const double CombinationAsked = 0.90;

    /// <summary>Computes, correlates, and prints.</summary>
    /// <returns>0 if naswot, jacov and synflow correlate as asked and the combination chosen elsewhere reaches 0.90.</returns>
    internal static int Run(TextWriter output)
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("NAS_BENCH_CELLS") ?? "300", CultureInfo.InvariantCulture);
        torch.set_num_threads(Environment.ProcessorCount);
        SearchSpace space = TestSpaces.CellCifar();
        string table = SharedData.FindOrIgnore("tables/nb201_proxies.csv"), images = SharedData.FindOrIgnore("datasets/cifar10");
        ImageDataSet data = new(
            "cifar10", [.. Enumerable.Range(0, 10).Select(label => label.ToString(CultureInfo.InvariantCulture))],
            PaethCifar.Read(Path.Combine(images, "cifar10_train_10000.paeth.zlib"), 10_000), PaethCifar.Read(Path.Combine(images, "cifar10_test_2000.paeth.zlib"), 2_000));
        CellSample reported = CellSample.Draw(space, table, count, 1), selection = CellSample.Draw(space, table, SelectionCells, 2, reported);
        IZeroCostProxy[] slow = [.. ZeroCostProxies.All.Where(proxy => !Quick.Contains(proxy.Name))];
        CellSample few = new(reported.Genotypes[..Math.Min(SlowCells, count)], reported.Accuracies[..Math.Min(SlowCells, count)], reported.Convolutions[..Math.Min(SlowCells, count)]);

        output.WriteLine($"zero-cost proxies on cells of NAS-Bench-201 with a way through, CIFAR-10, libtorch {torch.__version__}, {torch.get_num_threads()} threads");
        double[][] quickScores = Report(output, Score(space, data, reported, ZeroCostProxies.Find(Quick), 1, "reported"), reported, Quick);
        Report(output, Score(space, data, few, slow, 1, "slow"), few, [.. slow.Select(proxy => proxy.Name)]);
        (IReadOnlyList<ProxyRow> rows, _) = Score(space, data, selection, ZeroCostProxies.Find(Quick), 2, "selection");
        double best = ReportCombinations(output, quickScores, reported, Columns(rows), selection);
        bool near = Asked.All(asked => Math.Abs(RankStatistics.Spearman(quickScores[Array.IndexOf(Quick, asked.Name)], reported.Accuracies) - asked.Published) <= Near);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"asked: {string.Join(", ", Asked.Select(asked => $"{asked.Name} {asked.Published:0.00}"))} within {Near:0.00}: {(near ? "yes" : "no")}; combination {CombinationAsked:0.00}: {(best >= CombinationAsked ? "yes" : "no")}"));
        return near && best >= CombinationAsked ? 0 : 1;
    }

    private static (IReadOnlyList<ProxyRow> Rows, double Seconds) Score(SearchSpace space, ImageDataSet data, CellSample sample, IReadOnlyList<IZeroCostProxy> proxies, long seed, string name)
    {
        string? folder = Environment.GetEnvironmentVariable("NAS_BENCH_FOLDER");
        ProxyScoringOptions options = new()
        {
            Space = space, Data = data, Genotypes = sample.Genotypes, Proxies = proxies, Seed = seed,
            File = folder is null ? null : Path.Combine(folder, $"proxies-{name}.csv"),
        };
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<ProxyRow> rows = ProxyScoring.Run(options, SilentProgress.Instance, CancellationToken.None);
        return (rows, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static double[][] Columns(IReadOnlyList<ProxyRow> rows) =>
        [.. Enumerable.Range(0, rows[0].Scores.Count).Select(proxy => rows.Select(row => double.IsNaN(row.Scores[proxy]) ? double.NegativeInfinity : row.Scores[proxy]).ToArray())];

    private static double[][] Report(TextWriter output, (IReadOnlyList<ProxyRow> Rows, double Seconds) scored, CellSample sample, string[] names)
    {
        double[][] columns = Columns(scored.Rows);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{sample.Genotypes.Length} cells, {scored.Seconds / sample.Genotypes.Length:0.00} s a cell for these together"));
        output.WriteLine($"{"proxy",-18}{"Spearman",9}{"Kendall",9}{"same number of convolutions",29}");
        for (int proxy = 0; proxy < names.Length; proxy++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{names[proxy],-18}{RankStatistics.Spearman(columns[proxy], sample.Accuracies),9:0.000}{RankStatistics.KendallTau(columns[proxy], sample.Accuracies),9:0.000}{AtMatchedSize(columns[proxy], sample),29:0.000}"));
        }

        return columns;
    }

    // The mean, by number of cells, of the correlations among cells with equally many convolutions; of 10 cells and more.
    private static double AtMatchedSize(double[] scores, CellSample sample)
    {
        (double sum, int cells) = (0, 0);
        foreach (int[] group in Enumerable.Range(0, scores.Length).GroupBy(cell => sample.Convolutions[cell]).Select(group => group.ToArray()).Where(group => group.Length >= 10))
        {
            double correlation = RankStatistics.Spearman([.. group.Select(cell => scores[cell])], [.. group.Select(cell => sample.Accuracies[cell])]);
            (sum, cells) = double.IsNaN(correlation) ? (sum, cells) : (sum + (group.Length * correlation), cells + group.Length);
        }

        return sum / cells;
    }

    private static double ReportCombinations(TextWriter output, double[][] reported, CellSample sample, double[][] elsewhere, CellSample selection)
    {
        int[][] subsets = [.. Enumerable.Range(1, (1 << Quick.Length) - 1).Select(bits => Enumerable.Range(0, Quick.Length).Where(proxy => (bits >> proxy & 1) == 1).ToArray()).Where(subset => subset.Length is > 1 and <= MostInCombination)];
        double Quality(int[] subset, double[][] columns, double[] accuracies) => RankStatistics.Spearman(LogRankSum.Combine([.. subset.Select(proxy => columns[proxy])]), accuracies);
        int[] chosen = subsets.MaxBy(subset => Quality(subset, elsewhere, selection.Accuracies))!;
        int[] Named(params string[] names) => [.. names.Select(name => Array.IndexOf(Quick, name))];
        output.WriteLine($"\nsums of ln(rank / m); chosen on {selection.Genotypes.Length} other cells: Spearman, there and on the reported cells, and at matched size");
        foreach ((string title, int[] subset) in new[]
        {
            ("chosen", chosen), ("AZ-NAS", Named("az_expressivity", "az_progressivity", "az_trainability", "macs")), ("", Named("naswot", "jacov", "params")), ("", Named("naswot", "jacov", "synflow", "macs")),
        })
        {
            double[] combined = LogRankSum.Combine([.. subset.Select(proxy => reported[proxy])]);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{title,-8}{string.Join(" + ", subset.Select(proxy => Quick[proxy])),-70}{Quality(subset, elsewhere, selection.Accuracies),7:0.000}{RankStatistics.Spearman(combined, sample.Accuracies),7:0.000}{AtMatchedSize(combined, sample),7:0.000}"));
        }

        return Quality(chosen, reported, sample.Accuracies);
    }
}
