using System.Text.Json;
using System.Text.Json.Nodes;
using NasEngine.Core.Runs;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Queries;

/// <summary>Describes one run: its experiment, goals, steps and files.</summary>
public static class RunDetails
{
    // Curves and pairs have queries of their own.
    private static readonly string[] LongParts = ["curve", "pairs"];

    /// <summary>Describes a run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="experiments">What reads the experiments that runs keep.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<RunDetailsView> OfAsync(IRunStore store, StoredExperiments experiments, RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(run);
        Experiment experiment = experiments.Of(run);
        IReadOnlyList<StepRecord> finished = await store.GetStepsAsync(run.Id, cancellationToken).ConfigureAwait(false);
        string? current = run.State == RunState.Running ? finished.Current(run.Until) : null;
        return new RunDetailsView(
            run.Id, run.Name, run.SpaceName, RunStateName.Of(run.State), run.Seed, run.CreatedAt, Parse(run.Experiment), Parse(run.Environment),
            ObjectiveView.Of(experiment.Objectives), ConstraintView.Of(experiment.Constraints),
            [.. ExperimentRunner.StepNames.Select(name => Step(name, finished.IsDone(name) ? finished.First(step => step.Step == name) : null, name == current))],
            new RunBudgetView(experiment.Search.Evaluations, experiment.Search.Verify, experiment.Train.Steps), run.Until);
    }

    private static RunStepView Step(string name, StepRecord? finished, bool isCurrent) => finished is null
        ? new RunStepView(name, isCurrent ? "running" : "waiting", null, null)
        : new RunStepView(name, "done", finished.FinishedAt, Short(finished.Result));

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static JsonElement Short(string result)
    {
        JsonNode? node = JsonNode.Parse(result);
        Strip(node);
        return JsonSerializer.SerializeToElement(node);
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject content)
        {
            foreach (string part in LongParts)
            {
                content.Remove(part);
            }

            foreach ((_, JsonNode? child) in content)
            {
                Strip(child);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Strip(item);
            }
        }
    }
}

/// <summary>A run with what it does and how far it is.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Name">The name its user gave.</param>
/// <param name="Space">The search space's name.</param>
/// <param name="State"><c>running</c>, <c>stopped</c>, <c>failed</c> or <c>done</c>.</param>
/// <param name="Seed">The seed of every random draw.</param>
/// <param name="CreatedAt">When it was first started.</param>
/// <param name="Experiment">What it does, every default written out, the space inside.</param>
/// <param name="Environment">Host, processor, versions and commit.</param>
/// <param name="Objectives">What it makes better.</param>
/// <param name="Constraints">Its hard limits.</param>
/// <param name="Steps">Its steps in their order.</param>
/// <param name="Budget">How much it may do.</param>
/// <param name="Until">The step that it is to stop after, or <see langword="null"/>.</param>
public sealed record RunDetailsView(
    string Id, string Name, string Space, string State, long Seed, DateTimeOffset CreatedAt, JsonElement Experiment, JsonElement Environment,
    IReadOnlyList<ObjectiveView> Objectives, IReadOnlyList<ConstraintView> Constraints, IReadOnlyList<RunStepView> Steps, RunBudgetView Budget, string? Until);

/// <summary>A step of a run.</summary>
/// <param name="Step">Its name.</param>
/// <param name="State"><c>done</c>, <c>running</c> or <c>waiting</c>.</param>
/// <param name="FinishedAt">When it was done.</param>
/// <param name="Result">What came out, without curves and pairs.</param>
public sealed record RunStepView(string Step, string State, DateTimeOffset? FinishedAt, JsonElement? Result);

/// <summary>How much a run may do.</summary>
/// <param name="Evaluations">Architectures that the search may look at.</param>
/// <param name="Verify">Networks of the predicted front that are evaluated and measured.</param>
/// <param name="TrainSteps">Training steps.</param>
public sealed record RunBudgetView(int Evaluations, int Verify, long TrainSteps);
