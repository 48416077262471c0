using System.Diagnostics;
using NasEngine.Core.Predictors;
using NasEngine.Core.Progress;
using NasEngine.Core.Tables;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.Quality;

namespace NasEngine.Jobs.Tables;

/// <summary>What to predict from a table, and how to judge it.</summary>
/// <param name="Source">The table and its genes.</param>
/// <param name="Target">The column to predict, or several joined by <c>+</c>.</param>
/// <param name="Features">Further columns to predict from, such as zero-cost proxies.</param>
/// <param name="Train">How many rows are fitted on.</param>
/// <param name="Seeds">How often rows are drawn anew, with seeds 1, 2, 3 …</param>
/// <param name="Predictor">The predictor's name, or <c>auto</c>.</param>
/// <param name="Split">How rows are divided.</param>
public sealed record TablePredictionRequest(
    TableSource Source, string Target, IReadOnlyList<string> Features, int Train, int Seeds, string Predictor, TableSplit Split);

/// <summary>How well a predictor does on a table.</summary>
/// <param name="Predictor">The predictor asked for.</param>
/// <param name="Chosen">What it was fitted as, for each seed; of <c>auto</c>, what was chosen.</param>
/// <param name="Train">Rows fitted on.</param>
/// <param name="Test">Rows judged on.</param>
/// <param name="Seeds">Number of seeds.</param>
/// <param name="Metrics">Spread over seeds by metric; MAPE and shares in percent, the others in the target's unit or without one.</param>
/// <param name="FitSeconds">Mean time of a fit, the choice included.</param>
/// <param name="PredictPerSecond">Mean predictions a second, all rows at once.</param>
/// <param name="LeftOut">Rows left out because a value is blank.</param>
/// <param name="Merged">Rows averaged into others of the same architecture.</param>
public sealed record TablePredictionReport(
    string Predictor, IReadOnlyList<string> Chosen, int Train, int Test, int Seeds, IReadOnlyDictionary<string, Spread> Metrics,
    double FitSeconds, double PredictPerSecond, int LeftOut, int Merged);

/// <summary>Judges predictors on tables.</summary>
public static class TablePrediction
{
    /// <summary>Fits on some rows and judges on others, for every seed.</summary>
    public static TablePredictionReport Run(TablePredictionRequest request, IProgressSink progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        (CsvTable table, TableGenes genes) = request.Source.Read();
        TableData data = TableData.Read(table, genes, request.Target, request.Features, merge: request.Split == TableSplit.Random);
        IPredictorTrainer trainer = PredictorRegistry.Default.Trainer(request.Predictor, AutoCriterion.Balanced);
        List<PredictorQuality> qualities = [];
        List<string> chosen = [];
        (double fitSeconds, double predictSeconds, int tested) = (0, 0, 0);
        using IProgressTask task = progress.Start("predict", request.Seeds, "seed", 0);
        for (int seed = 1; seed <= request.Seeds; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int[] train, int[] test) = TableSplits.Draw(request.Split, data.Features.Rows, request.Train, seed);
            long start = Stopwatch.GetTimestamp();
            IPredictor predictor = trainer.Fit(data.Features.Select(train), [.. train.Select(row => data.Targets[row])], seed);
            fitSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            FeatureTable held = data.Features.Select(test);
            start = Stopwatch.GetTimestamp();
            double[] predicted = predictor.PredictAll(held);
            predictSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            tested += test.Length;
            qualities.Add(HoldOut.Compare(train.Length, [.. test.Select(row => data.Targets[row])], predicted));
            chosen.Add(predictor.Kind);
            task.Report(seed, FormattableString.Invariant($"{predictor.Kind}, tau {qualities[^1].KendallTau:0.000}, MAPE {qualities[^1].MeanAbsolutePercentageError:0.00} %"));
        }

        Dictionary<string, Spread> metrics = new()
        {
            ["tau"] = Spread.Of(qualities.Select(quality => quality.KendallTau)),
            ["spearman"] = Spread.Of(qualities.Select(quality => quality.Spearman)),
            ["mae"] = Spread.Of(qualities.Select(quality => quality.MeanAbsoluteError)),
            ["rmse"] = Spread.Of(qualities.Select(quality => quality.RootMeanSquareError)),
            ["mape"] = Spread.Of(qualities.Select(quality => quality.MeanAbsolutePercentageError)),
            ["within5"] = Spread.Of(qualities.Select(quality => 100 * quality.ShareWithin5Percent)),
            ["within10"] = Spread.Of(qualities.Select(quality => 100 * quality.ShareWithin10Percent)),
        };
        return new TablePredictionReport(
            request.Predictor, chosen, request.Train, tested / request.Seeds, request.Seeds, metrics,
            fitSeconds / request.Seeds, tested / Math.Max(predictSeconds, 1e-9), data.LeftOut, data.Merged);
    }
}
