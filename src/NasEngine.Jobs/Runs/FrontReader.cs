using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Runs;

/// <summary>Reads the fronts of runs from the store; needs neither the space nor the weights.</summary>
public static class FrontReader
{
    /// <summary>Reads the front of the run that a context is for.</summary>
    public static Task<IReadOnlyList<FrontMember>> ReadAsync(RunContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ReadAsync(context.Store, context.Run.Id, context.Experiment.Objectives, context.Experiment.Constraints, cancellationToken);
    }

    /// <summary>Reads the front of a run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="objectives">What was made better.</param>
    /// <param name="constraints">The limits.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The members, sorted by the first latency, or by the first objective's cost if none has one.</returns>
    public static async Task<IReadOnlyList<FrontMember>> ReadAsync(
        IRunStore store, string runId, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        IReadOnlyList<StoredEvaluation> front = await store.GetFrontAsync(runId, VerifyStep.Stage, objectives, constraints, cancellationToken).ConfigureAwait(false);
        Dictionary<string, double> tested = (await store.GetEvaluationsAsync(runId, VerifyStep.TestStage, cancellationToken).ConfigureAwait(false))
            .ToDictionary(evaluation => evaluation.Genotype, evaluation => evaluation.Metrics["test.accuracy"], StringComparer.Ordinal);
        string order = objectives.FirstOrDefault(objective => objective.Key.Device is not null)?.Key.ToString() ?? "macs";
        return [.. front.OrderBy(member => member.Metrics[order]).ThenBy(member => member.Genotype, StringComparer.Ordinal)
            .Select((member, index) => Create(index + 1, member, tested.TryGetValue(member.Genotype, out double accuracy) ? accuracy : null))];
    }

    private static FrontMember Create(int number, StoredEvaluation member, double? testAccuracy)
    {
        MetricSet metrics = member.Metrics;
        Dictionary<string, FrontLatency> latencies = metrics.Where(pair => pair.Key.StartsWith("latency@", StringComparison.Ordinal))
            .Select(pair => pair.Key["latency@".Length..])
            .ToDictionary(device => device, device => new FrontLatency(
                metrics[$"predicted.latency@{device}"], metrics[$"latency@{device}"], metrics[$"latency.low@{device}"], metrics[$"latency.high@{device}"]));
        return new FrontMember(
            number, member.Genotype, metrics["accuracy"], testAccuracy, latencies, (long)metrics["parameters"], (long)metrics["macs"], (long)metrics["memory"], metrics);
    }
}
