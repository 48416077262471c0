using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Predictors;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Profiling;
using NasEngine.Jobs.Runs;
using NasEngine.Networks.Kernels;
using NasEngine.Predictors;
using NasEngine.Predictors.Auto;
using NasEngine.Predictors.Quality;

namespace NasEngine.Jobs.Steps;

/// <summary>Fits a predictor for everything that is slow to find out, and judges each on architectures that it was not fitted on.</summary>
internal sealed class FitStep : IRunStep
{
    // Seconds for each of two fits of every target: little beside measuring and training.
    private const double AutoBudget = 3;

    public string Name => "fit";

    public IReadOnlyList<string> Needs => ["sample", "profile"];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        List<FittedPredictor> fitted = [];
        IReadOnlyList<Evaluation> sample = await SampleStep.InOrderAsync(context, SampleStep.Stage, context.Sample(context.Experiment.Fit.Architectures), cancellationToken).ConfigureAwait(false);
        FeatureTable shapes = CandidatePredictor.AccuracyFeatures(context, sample.Select(evaluation => evaluation.Genotype));
        foreach (string target in (string[])["accuracy", "loss"])
        {
            IPredictorTrainer trainer = PredictorRegistry.Default.Trainer(context.Experiment.Fit.Accuracy, new AutoOptions { Criterion = AutoCriterion.KendallTau, Budget = AutoBudget });
            fitted.Add(await FitAsync(context, target, trainer, shapes, [.. sample.Select(evaluation => evaluation.Metrics[target])], cancellationToken).ConfigureAwait(false));
        }

        LatencyFeatures features = new(context.Family, context.Space);
        IReadOnlyList<Genotype> profiled = context.Sample(context.Experiment.Profile.Architectures);
        FeatureTable kernels = new(features.Names, profiled.Select(features.Of));
        foreach (string device in context.Experiment.Devices)
        {
            Dictionary<string, StoredMeasurement> measured = await ProfileStep.MeasureAsync(context, device, $"measure on {device}", profiled, cancellationToken).ConfigureAwait(false);
            IPredictorTrainer trainer = PredictorRegistry.Default.Trainer(context.Experiment.Fit.Latency, new AutoOptions { Criterion = AutoCriterion.MeanAbsolutePercentageError, Budget = AutoBudget });
            StoredMeasurement[] own = [.. profiled.Select(genotype => measured[context.MeasurementKey(genotype)])];
            DeviceSpeed speed = new(own);
            double[] latencies = [.. own.Select(measurement => speed.AtReference(measurement).MedianMs)];
            fitted.Add(await FitAsync(context, $"latency@{device}", trainer, kernels, latencies, cancellationToken).ConfigureAwait(false));
        }

        return new { predictors = fitted };
    }

    private static async Task<FittedPredictor> FitAsync(
        RunContext context, string target, IPredictorTrainer trainer, FeatureTable table, double[] targets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long seed = context.Seeds.Child("fit").Child(target).Seed;
        (IReadOnlyList<int> kept, IReadOnlyList<int> heldOut) = HoldOut.Split(table.Rows, context.Experiment.Fit.HeldOut, seed);
        IPredictor judged = trainer.Fit(table.Select(kept), [.. kept.Select(row => targets[row])], seed);
        double[] actual = [.. heldOut.Select(row => targets[row])];
        double[] predicted = judged.PredictAll(table.Select(heldOut));
        PredictorQuality quality = HoldOut.Compare(kept.Count, actual, predicted);

        IPredictor predictor = trainer.Fit(table, targets, seed);
        FittedPredictor result = new(
            target, predictor.Kind, table.Rows, quality.HeldOut, Finite(quality.KendallTau), Finite(quality.Spearman), Finite(quality.MeanAbsolutePercentageError),
            quality.ShareWithin5Percent, quality.ShareWithin10Percent, [.. predicted.Zip(actual, (guess, truth) => new PredictionPair(guess, truth))]);
        await context.Store.PutPredictorAsync(
            context.Run.Id,
            new StoredPredictor(target, predictor.Kind, RunKey.Of(target, table.Columns.ToArray(), table.Values.ToArray(), targets), PredictorFile.ToJson(predictor), JsonSerializer.Serialize(result, JsonSerializerOptions.Web)),
            CancellationToken.None).ConfigureAwait(false);
        context.Services.Progress.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{target}: {predictor.Kind}, on {quality.HeldOut} held-out networks Kendall tau {quality.KendallTau:0.00}, MAPE {quality.MeanAbsolutePercentageError:0.0} %, {quality.ShareWithin5Percent:0 %} within 5 %, {quality.ShareWithin10Percent:0 %} within 10 %"));
        return result;
    }

    // JSON has no NaN: a constant column has no rank correlation.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>A predictor as the run reports it.</summary>
/// <param name="Target">What it predicts.</param>
/// <param name="Kind">The predictor's kind.</param>
/// <param name="Architectures">How many architectures it was fitted on in the end.</param>
/// <param name="HeldOut">How many it was judged on, fitted on the rest.</param>
/// <param name="KendallTau">Kendall's tau-b there.</param>
/// <param name="Spearman">Spearman's rho there.</param>
/// <param name="MapePercent">Mean absolute error there, in percent of the truth.</param>
/// <param name="Within5">Share within 5 % there.</param>
/// <param name="Within10">Share within 10 % there.</param>
/// <param name="Pairs">Prediction and truth of each held-out architecture.</param>
internal sealed record FittedPredictor(
    string Target, string Kind, int Architectures, int HeldOut, double? KendallTau, double? Spearman, double? MapePercent, double Within5, double Within10, IReadOnlyList<PredictionPair> Pairs);

/// <summary>A prediction beside the truth.</summary>
internal sealed record PredictionPair(double Predicted, double Measured);
