using System.Text.Json;
using NasEngine.Core.Machine;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;

namespace NasEngine.Jobs.Runs;

/// <summary>Writes what a run's folder holds as plain files: <c>run.json</c>, <c>evaluations.jsonl</c>, <c>front.csv</c>. Formats: <c>results/README.md</c>.</summary>
internal static class RunFiles
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes all files from the store.</summary>
    public static async Task WriteAsync(RunContext context, IReadOnlyList<FrontMember> front, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredEvaluation> evaluations = await context.Store.GetEvaluationsAsync(context.Run.Id, null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<StepRecord> steps = await context.Store.GetStepsAsync(context.Run.Id, cancellationToken).ConfigureAwait(false);
        Dictionary<string, object?> run = new()
        {
            ["id"] = context.Run.Id,
            ["name"] = context.Run.Name,
            ["createdAt"] = context.Run.CreatedAt,
            ["seed"] = context.Run.Seed,
            ["experiment"] = JsonSerializer.Deserialize<JsonElement>(context.Run.Experiment),
            ["environment"] = JsonSerializer.Deserialize<JsonElement>(context.Run.Environment),
            ["steps"] = steps.Select(step => new { step = step.Step, finishedAt = step.FinishedAt, result = JsonSerializer.Deserialize<JsonElement>(step.Result) }),
        };
        WholeFile.Write(Path.Combine(context.Folder, "run.json"), JsonSerializer.Serialize(run, Indented) + "\n");
        WholeFile.Write(Path.Combine(context.Folder, "evaluations.jsonl"), string.Concat(evaluations.Select(Line)));
        WholeFile.Write(Path.Combine(context.Folder, "front.csv"), FrontFile.Csv(front));
        WholeFile.Write(Path.Combine(context.Folder, "space.json"), context.Experiment.SpaceText);
    }

    private static string Line(StoredEvaluation evaluation) =>
        JsonSerializer.Serialize(new { stage = evaluation.Stage, sequence = evaluation.Sequence, genotype = evaluation.Genotype, metrics = Metrics(evaluation.Metrics) }, JsonSerializerOptions.Web) + "\n";

    private static Dictionary<string, double> Metrics(MetricSet metrics) => metrics.ToDictionary(pair => pair.Key, pair => pair.Value);
}
