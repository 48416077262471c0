using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;

namespace NasEngine.Jobs.Queries;

/// <summary>Sums up runs for a list of them. Thread-safe.</summary>
public sealed class RunSummaries
{
    private const int NoteLength = 200;

    private readonly IRunStore _store;
    private readonly IRunQueries _queries;
    private readonly StoredExperiments _experiments;
    private readonly BoundedCache<(string Run, long Verified), FrontSummary> _fronts = new(1024);

    /// <summary>Initializes the summaries over a store.</summary>
    public RunSummaries(IRunStore store, IRunQueries queries, StoredExperiments experiments) => (_store, _queries, _experiments) = (store, queries, experiments);

    /// <summary>Sums runs up, in the order given.</summary>
    public async Task<IReadOnlyList<RunSummaryView>> OfAsync(IReadOnlyList<RunRecord> runs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        IReadOnlyDictionary<string, string> notes = await _queries.GetNotesAsync([.. runs.Select(run => run.Id)], NoteLength, cancellationToken).ConfigureAwait(false);
        ILookup<string, StageCount> counts = await CountsAsync(runs, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, long> trained = await TrainedAsync(runs, cancellationToken).ConfigureAwait(false);
        List<RunSummaryView> summaries = [];
        foreach (RunRecord run in runs)
        {
            Dictionary<string, long> stages = Stages(counts, run);
            Experiment? experiment = _experiments.TryOf(run);
            long verified = stages.GetValueOrDefault(VerifyStep.Stage);
            FrontSummary front = experiment is null || verified == 0
                ? FrontSummary.None
                : await _fronts.GetAsync((run.Id, verified), () => SumUpAsync(run.Id, experiment, cancellationToken)).ConfigureAwait(false);
            RunProgress? progress = experiment is null ? null : await ProgressAsync(run, experiment, stages, trained, cancellationToken).ConfigureAwait(false);
            summaries.Add(new RunSummaryView(
                run.Id, run.Name, run.SpaceName, RunStateName.Of(run.State), run.Seed, run.CreatedAt, stages.GetValueOrDefault(SearchStep.Stage), verified,
                front.Size, front.Hypervolume, progress, front.Best, notes.GetValueOrDefault(run.Id)));
        }

        return summaries;
    }

    /// <summary>Tells how far the step is that a run is at; <see langword="null"/> unless the run is going.</summary>
    public async Task<RunProgress?> ProgressAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.State == RunState.Running && _experiments.TryOf(run) is Experiment experiment
            ? await ProgressAsync(
                run, experiment, Stages(await CountsAsync([run], cancellationToken).ConfigureAwait(false), run),
                await TrainedAsync([run], cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<RunProgress?> ProgressAsync(
        RunRecord run, Experiment experiment, Dictionary<string, long> stages, IReadOnlyDictionary<string, long> trained, CancellationToken cancellationToken) =>
        run.State == RunState.Running
            ? RunProgress.Of(experiment, run.Until, await _store.GetStepsAsync(run.Id, cancellationToken).ConfigureAwait(false), stages, trained.GetValueOrDefault(run.Id))
            : null;

    private async Task<ILookup<string, StageCount>> CountsAsync(IReadOnlyList<RunRecord> runs, CancellationToken cancellationToken) =>
        (await _queries.CountEvaluationsAsync([.. runs.Select(run => run.Id)], cancellationToken).ConfigureAwait(false)).ToLookup(count => count.RunId, StringComparer.Ordinal);

    private Task<IReadOnlyDictionary<string, long>> TrainedAsync(IReadOnlyList<RunRecord> runs, CancellationToken cancellationToken) =>
        _queries.FindTrainedStepsAsync([.. runs.Where(run => run.State == RunState.Running).Select(run => run.Id)], cancellationToken);

    private static Dictionary<string, long> Stages(ILookup<string, StageCount> counts, RunRecord run) =>
        counts[run.Id].ToDictionary(count => count.Stage, count => count.Count, StringComparer.Ordinal);

    private async Task<FrontSummary> SumUpAsync(string runId, Experiment experiment, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredEvaluation> front = await _store.GetFrontAsync(runId, VerifyStep.Stage, experiment.Objectives, experiment.Constraints, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<StoredEvaluation> verified = await _queries.GetEvaluationsAsync(runId, VerifyStep.Stage, 0, int.MaxValue, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<HypervolumeMoment> history = HypervolumeSeries.Compute(experiment.Objectives, experiment.Constraints, EvaluationTable.Empty.With(verified));
        Dictionary<string, double> best = new(StringComparer.Ordinal);
        foreach (Objective objective in experiment.Objectives.Where(_ => front.Count > 0))
        {
            string key = objective.Key.ToString();
            MetricSet metrics = front.MinBy(member => objective.Cost(member.Metrics[key]))!.Metrics;
            best[key] = metrics[key];
        }

        return new FrontSummary(front.Count, history.Count > 0 ? history[^1].Share : null, best);
    }

    private sealed record FrontSummary(int Size, double? Hypervolume, IReadOnlyDictionary<string, double> Best)
    {
        public static FrontSummary None { get; } = new(0, null, new Dictionary<string, double>());
    }
}

/// <summary>A run in a list.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Name">The name its user gave.</param>
/// <param name="Space">The search space's name.</param>
/// <param name="State"><c>running</c>, <c>stopped</c>, <c>failed</c> or <c>done</c>.</param>
/// <param name="Seed">The seed of every random draw.</param>
/// <param name="CreatedAt">When it was first started.</param>
/// <param name="Evaluations">How many architectures the search has looked at.</param>
/// <param name="Verified">How many of them were evaluated and measured.</param>
/// <param name="FrontSize">How many of these form the front.</param>
/// <param name="Hypervolume">The share of the verified networks' own box that the front dominates, from 0 to 1; <see langword="null"/> before any is verified.</param>
/// <param name="Progress">How far the step in hand is; <see langword="null"/> unless the run is going.</param>
/// <param name="Best">The best value of each objective on the front, by metric key.</param>
/// <param name="Note">How the note on the run begins, at most 200 characters; <see langword="null"/> if there is none.</param>
public sealed record RunSummaryView(
    string Id, string Name, string Space, string State, long Seed, DateTimeOffset CreatedAt, long Evaluations, long Verified, int FrontSize,
    double? Hypervolume, RunProgress? Progress, IReadOnlyDictionary<string, double> Best, string? Note);
