using NasEngine.Core.Errors;
using NasEngine.Core.Predictors;
using NasEngine.Core.Progress;
using NasEngine.Core.Randomness;
using NasEngine.Core.Tables;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Training.ZeroCost;

namespace NasEngine.Jobs.Tables;

/// <summary>Which columns of a table are held against a target.</summary>
/// <param name="File">The CSV file.</param>
/// <param name="Target">The column to foretell, or several joined by <c>+</c>.</param>
/// <param name="Proxies">The columns that foretell it; a greater value should mean a greater target.</param>
/// <param name="Size">A column that says how large a network is, or <see langword="null"/>.</param>
/// <param name="Train">How many rows the learned combination is fitted on; 0 for none.</param>
/// <param name="Seeds">How often rows are drawn anew, with seeds 1, 2, 3 …</param>
public sealed record TableProxiesRequest(string File, string Target, IReadOnlyList<string> Proxies, string? Size, int Train, int Seeds);

/// <summary>How well one column, or one combination, foretells the target.</summary>
/// <param name="Name">The column, or the columns combined.</param>
/// <param name="Spearman">Spearman's rho over all rows.</param>
/// <param name="Tau">Kendall's tau-b over all rows.</param>
/// <param name="TopTenth">Spearman's rho among the best tenth by target.</param>
/// <param name="MatchedSize">Mean Spearman's rho within groups of about equal size; <see langword="null"/> without a size.</param>
public sealed record ProxyQuality(string Name, double? Spearman, double? Tau, double? TopTenth, double? MatchedSize);

/// <summary>How well columns foretell a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Rows">Rows with all values.</param>
/// <param name="Proxies">Each column alone, best first.</param>
/// <param name="LogRankSum">All columns combined by the sum of the logarithms of their relative ranks; nothing is learned.</param>
/// <param name="Chosen">The columns whose log-rank sum is best on a random half, added one by one, judged on the other half.</param>
/// <param name="Learned">A predictor fitted on some rows, judged on the others; <see langword="null"/> if none was asked for.</param>
public sealed record TableProxiesReport(string Target, int Rows, IReadOnlyList<ProxyQuality> Proxies, ProxyQuality LogRankSum, ProxyQuality Chosen, LearnedProxies? Learned);

/// <summary>A learned combination of columns.</summary>
/// <param name="Train">Rows fitted on.</param>
/// <param name="Predictors">What was fitted, for each seed.</param>
/// <param name="Spearman">Spearman's rho on the other rows, over seeds.</param>
/// <param name="Tau">Kendall's tau-b there.</param>
public sealed record LearnedProxies(int Train, IReadOnlyList<string> Predictors, Spread Spearman, Spread Tau);

/// <summary>Judges zero-cost proxies, or any columns, against a target.</summary>
/// <remarks>
/// Most of a proxy's correlation is size, so it is also given among networks of about equal size, and among the best tenth, where choices are made.
/// Combinations are those of <see cref="Training.ZeroCost.LogRankSum"/>.
/// </remarks>
public static class TableProxies
{
    private const int SizeGroups = 10;

    /// <summary>Computes the correlations.</summary>
    public static TableProxiesReport Run(TableProxiesRequest request, IProgressSink progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        if (request.Proxies.Count == 0 || request.Proxies.Contains(request.Target))
        {
            throw new UsageException("At least one column is expected that is not the target.");
        }

        CsvTable table = CsvTable.ReadFile(request.File);
        double[] all = table.Sum(request.Target);
        double[][] columns = [.. request.Proxies.Select(table.Numbers)];
        double[]? sizes = request.Size is null ? null : table.Numbers(request.Size);
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => !double.IsNaN(all[row]) && !(sizes is not null && double.IsNaN(sizes[row])) && columns.All(column => !double.IsNaN(column[row])))];
        if (rows.Length < 10)
        {
            throw new UsageException(FormattableString.Invariant($"{request.File}: {rows.Length} rows have all values; at least 10 are expected."));
        }

        double[] target = Take(all, rows);
        double[]? size = sizes is null ? null : Take(sizes, rows);
        double[][] proxies = [.. columns.Select(column => Take(column, rows))];
        int[] half = [.. Enumerable.Range(0, rows.Length)];
        new SeedTree(1).Child("half").CreateRandom().Shuffle(half);
        int[] chosen = ChooseOn(half[..(rows.Length / 2)], proxies, target);
        int[] other = half[(rows.Length / 2)..];
        double[][] onOther = [.. chosen.Select(column => Take(proxies[column], other))];
        return new TableProxiesReport(
            request.Target, rows.Length,
            [.. request.Proxies.Select((name, index) => Judge(name, proxies[index], target, size)).OrderByDescending(quality => Math.Abs(quality.Spearman ?? 0))],
            Judge(string.Join('+', request.Proxies), LogRankSum.Combine(proxies), target, size),
            Judge(string.Join('+', chosen.Select(column => request.Proxies[column])), LogRankSum.Combine(onOther), Take(target, other), size is null ? null : Take(size, other)),
            request.Train == 0 ? null : Learn(request, proxies, target, progress, cancellationToken));
    }

    private static int[] ChooseOn(int[] rows, double[][] proxies, double[] target)
    {
        double[] truth = Take(target, rows);
        double[][] columns = [.. proxies.Select(column => Take(column, rows))];
        List<int> chosen = [];
        double best = double.NegativeInfinity;
        while (true)
        {
            (int column, double rho) = Enumerable.Range(0, columns.Length).Where(column => !chosen.Contains(column))
                .Select(column => (column, RankStatistics.Spearman(truth, LogRankSum.Combine([.. chosen.Append(column).Select(index => columns[index])]))))
                .DefaultIfEmpty((-1, double.NaN)).MaxBy(pair => double.IsNaN(pair.Item2) ? double.NegativeInfinity : pair.Item2);
            if (!(rho > best))
            {
                return chosen.Count > 0 ? [.. chosen] : [0];
            }

            chosen.Add(column);
            best = rho;
        }
    }

    private static ProxyQuality Judge(string name, double[] proxy, double[] target, double[]? size)
    {
        int[] top = [.. Enumerable.Range(0, target.Length).OrderByDescending(row => target[row]).Take(Math.Max(5, target.Length / 10))];
        return new ProxyQuality(
            name,
            Finite(RankStatistics.Spearman(target, proxy)),
            Finite(RankStatistics.KendallTau(target, proxy)),
            Finite(RankStatistics.Spearman(Take(target, top), Take(proxy, top))),
            size is null ? null : Finite(AtMatchedSize(proxy, target, size)));
    }

    // Networks of one size where there are few sizes, otherwise tenths by size.
    private static double AtMatchedSize(double[] proxy, double[] target, double[] size)
    {
        int[] order = [.. Enumerable.Range(0, size.Length).OrderBy(row => size[row])];
        IEnumerable<int[]> groups = size.Distinct().Count() <= 2 * SizeGroups
            ? order.GroupBy(row => size[row]).Select(group => group.ToArray())
            : Enumerable.Range(0, SizeGroups).Select(group => order[(group * order.Length / SizeGroups)..((group + 1) * order.Length / SizeGroups)]);
        (double Rho, int Rows)[] within = [.. groups.Where(group => group.Length >= 5).Select(group => (RankStatistics.Spearman(Take(target, group), Take(proxy, group)), group.Length)).Where(pair => double.IsFinite(pair.Item1))];
        return within.Sum(pair => pair.Rho * pair.Rows) / within.Sum(pair => (double)pair.Rows);
    }

    private static LearnedProxies Learn(TableProxiesRequest request, double[][] proxies, double[] target, IProgressSink progress, CancellationToken cancellationToken)
    {
        FeatureTable features = new([.. request.Proxies], Enumerable.Range(0, target.Length).Select(row => (IReadOnlyList<double>)[.. proxies.Select(column => column[row])]));
        List<(string Kind, double Spearman, double Tau)> judged = [];
        using IProgressTask task = progress.Start("learn", request.Seeds, "seed", 0);
        for (int seed = 1; seed <= request.Seeds; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int[] train, int[] test) = TableSplits.Draw(TableSplit.Random, target.Length, request.Train, seed);
            IPredictor predictor = PredictorRegistry.Default.Trainer(AutoTrainer.TrainerName, AutoCriterion.KendallTau).Fit(features.Select(train), Take(target, train), seed);
            double[] predicted = predictor.PredictAll(features.Select(test));
            judged.Add((predictor.Kind, RankStatistics.Spearman(Take(target, test), predicted), RankStatistics.KendallTau(Take(target, test), predicted)));
            task.Report(seed, predictor.Kind);
        }

        return new LearnedProxies(request.Train, [.. judged.Select(one => one.Kind)], Spread.Of(judged.Select(one => one.Spearman)), Spread.Of(judged.Select(one => one.Tau)));
    }

    private static double[] Take(double[] values, int[] rows) => [.. rows.Select(row => values[row])];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
