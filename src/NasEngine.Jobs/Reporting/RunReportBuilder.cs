using System.Text.Json;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Jobs.Exporting;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;
using NasEngine.Networks.Families;
using NasEngine.Reports.Content;
using NasEngine.Search;

namespace NasEngine.Jobs.Reporting;

/// <summary>Gathers from the store what a report shows.</summary>
internal static class RunReportBuilder
{
    // More points than this make a curve no clearer.
    private const int MaxHistoryPoints = 400;

    private static readonly string[] NotControlled =
        ["the processor's frequency and its other users", "the placement of the process on cores", "the cost of a call into the runtime, which is part of every latency"];

    public static async Task<RunReport> BuildAsync(RunContext context, IReadOnlyList<FrontMember> front, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonElement> steps = (await context.Store.GetStepsAsync(context.Run.Id, cancellationToken).ConfigureAwait(false))
            .ToDictionary(step => step.Step, step => JsonSerializer.Deserialize<JsonElement>(step.Result), StringComparer.Ordinal);
        List<Evaluation> searched = await context.StoredAsync(SearchStep.Stage, cancellationToken).ConfigureAwait(false);
        string? device = context.Experiment.Devices.Count > 0 ? context.Experiment.Devices[0] : null;
        FrontMember? chosen = front.Count > 0 ? FrontPick.Choose(front, context.Experiment.Objectives, context.Experiment.Export.Pick) : null;
        HypervolumeHistory history = HypervolumeHistory.Compute(context.Experiment.Problem, searched);
        return new RunReport
        {
            Name = context.Run.Name,
            Id = context.Run.Id,
            Space = new SpaceSummary(context.Space.Name, context.Space.Family, context.Space.Size),
            Data = $"{context.Data.Name}: {context.Split.Train.Length} images to train on, {context.Split.Validation.Length} to choose by, {context.Data.Test.Count} to report on",
            Seed = context.Run.Seed,
            StartedAt = context.Run.CreatedAt,
            Duration = context.Services.Time.GetUtcNow() - context.Run.CreatedAt,
            Command = $"./nas run {context.Experiment.File}",
            Device = Device(device, steps),
            Constraints = context.Experiment.Constraints,
            Evaluations = [.. searched.Select(evaluation => new EvaluatedNetwork(
                context.Space.Format(evaluation.Genotype), evaluation.Metrics["accuracy"], Known(evaluation.Metrics[$"latency@{device}"]), evaluation.Metrics["macs"]))],
            Front = [.. front.Select(member => Network(member, device))],
            Hypervolume = [.. Thin(history.Points).Select(point => new HypervolumeStep(point.Evaluations, point.Share))],
            Predictors = Predictors(steps),
            Training = Training(steps, context),
            Chosen = chosen?.Genotype,
            ChosenDrawing = chosen is null ? null : Draw(context.Family.Sketch(context.Space, context.Space.Parse(chosen.Genotype))),
        };
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static FrontNetwork Network(FrontMember member, string? device)
    {
        FrontLatency? latency = device is null ? null : member.Latencies.GetValueOrDefault(device);
        return new FrontNetwork(member.Genotype)
        {
            ValidationAccuracy = member.Accuracy,
            TestAccuracy = member.TestAccuracy,
            PredictedAccuracy = Known(member.Metrics["predicted.accuracy"]),
            PredictedLatencyMs = latency?.Predicted,
            MeasuredLatency = latency is null ? null : new MeasuredLatency(latency.Measured, latency.Low, latency.High),
            Parameters = member.Parameters,
            Macs = member.Macs,
            MemoryBytes = member.MemoryBytes,
        };
    }

    private static IEnumerable<HypervolumePoint> Thin(IReadOnlyList<HypervolumePoint> points)
    {
        int every = Math.Max(1, points.Count / MaxHistoryPoints);
        return points.Where((_, index) => index % every == 0 || index == points.Count - 1);
    }

    private static DeviceSummary? Device(string? name, Dictionary<string, JsonElement> steps)
    {
        if (name is null || !steps.TryGetValue("profile", out JsonElement profile))
        {
            return null;
        }

        JsonElement device = profile.GetProperty("devices").EnumerateArray().First(entry => entry.GetProperty("name").GetString() == name);
        string[] warnings = [.. device.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
        return new DeviceSummary(name, device.GetProperty("fingerprint").GetString()!, device.GetProperty("description").GetString()!, warnings, NotControlled);
    }

    private static IReadOnlyList<PredictorQuality> Predictors(Dictionary<string, JsonElement> steps)
    {
        if (!steps.TryGetValue("fit", out JsonElement fit))
        {
            return [];
        }

        FittedPredictor[] fitted = fit.GetProperty("predictors").Deserialize<FittedPredictor[]>(JsonSerializerOptions.Web)!;
        return [.. fitted.Where(predictor => predictor.Target != "loss").Select(predictor => new PredictorQuality(
            predictor.Target, predictor.Kind, predictor.HeldOut, predictor.KendallTau ?? 0, (predictor.MapePercent ?? 0) / 100, predictor.Within5, predictor.Within10,
            [.. predictor.Pairs.Select(pair => new PredictedPair(pair.Predicted, pair.Measured))]))];
    }

    private static TrainingCurve? Training(Dictionary<string, JsonElement> steps, RunContext context)
    {
        if (!steps.TryGetValue("train", out JsonElement train))
        {
            return null;
        }

        TrainResult result = train.Deserialize<TrainResult>(JsonSerializerOptions.Web)!;
        int every = Math.Max(1, result.Curve.Count / MaxHistoryPoints);
        TrainingLoss[] losses = [.. result.Curve.Where((_, index) => index % every == 0)
            .Select(point => new TrainingLoss(point.Step, point.LargestLoss, point.SmallestLoss, point.RandomLoss, point.LearningRate))];
        ValidationPoint[] validations = [.. result.Curve.Where(point => point.Validation is not null).SelectMany(point => (ValidationPoint[])
            [new(point.Step, "largest", point.Validation!.LargestAccuracy), new(point.Step, "smallest", point.Validation.SmallestAccuracy)])];
        return new TrainingCurve(losses, validations);
    }

    private static NetworkDrawing Draw(NetworkSketch sketch) => new(
        sketch.Input,
        [.. sketch.Stages.Select(stage => new StageDrawing(stage.Name, stage.Resolution, [.. stage.Blocks.Select(block => new BlockDrawing(block.Operation, block.Channels, block.Kernel, block.Expansion, block.IsSkipped))]))],
        sketch.Output);
}
