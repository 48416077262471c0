using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage;

namespace NasEngine.Testing.Runs;

/// <summary>A store without a file, for tests of what stands on a store. Its front compares every pair: the plain twin of a fast one.</summary>
public sealed class InMemoryRunStore : IRunStore
{
    private readonly Lock _gate = new();
    private readonly List<(string Fingerprint, string Json)> _spaces = [];
    private readonly List<RunRecord> _runs = [];
    private readonly Dictionary<string, RunContent> _contents = new(StringComparer.Ordinal);
    private readonly List<(string RunId, StoredMeasurement Measurement)> _measurements = [];

    public Task PutSpaceAsync(string fingerprint, string name, string json, CancellationToken cancellationToken)
    {
        StoredJson.Require(json);
        return Do(() =>
        {
            if (!_spaces.Contains((fingerprint, json)))
            {
                _spaces.Add((fingerprint, json));
            }
        });
    }

    public Task<string?> GetSpaceAsync(string fingerprint, CancellationToken cancellationToken) =>
        Give(() => _spaces.FindLast(space => space.Fingerprint == fingerprint).Json)!;

    public Task AddRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        StoredJson.Require(run.Experiment);
        StoredJson.Require(run.Environment);
        return Do(() =>
        {
            if (_contents.TryAdd(run.Id, new RunContent()))
            {
                _runs.Add(run);
            }
        });
    }

    public Task SetRunStateAsync(string runId, RunState state, CancellationToken cancellationToken) => Do(() =>
    {
        _ = Content(runId);
        int index = _runs.FindIndex(run => run.Id == runId);
        _runs[index] = _runs[index] with { State = state };
    });

    public Task SetRunUntilAsync(string runId, string? until, CancellationToken cancellationToken) => Do(() =>
    {
        _ = Content(runId);
        int index = _runs.FindIndex(run => run.Id == runId);
        _runs[index] = _runs[index] with { Until = until };
    });

    public Task<RunRecord?> FindRunAsync(string idOrName, CancellationToken cancellationToken) => Give(() =>
        idOrName == "latest"
            ? NewestFirst().FirstOrDefault()
            : _runs.Find(run => run.Id == idOrName) ?? NewestFirst().FirstOrDefault(run => run.Name == idOrName));

    public Task<IReadOnlyList<RunRecord>> ListRunsAsync(int limit, CancellationToken cancellationToken) =>
        Give<IReadOnlyList<RunRecord>>(() => [.. NewestFirst().Take(limit)]);

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken) => Do(() =>
    {
        _contents.Remove(runId);
        _runs.RemoveAll(run => run.Id == runId);
    });

    public Task<RunNote> GetNoteAsync(string runId, CancellationToken cancellationToken) => Give(() => Existing(runId).Note);

    public Task<RunNote?> TrySetNoteAsync(string runId, string text, long version, DateTimeOffset at, CancellationToken cancellationToken) => Give(() =>
        Content(runId).Note.Version == version ? Content(runId).Note = new RunNote(text, version + 1, at) : null);

    public Task PutStepAsync(string runId, StepRecord finished, CancellationToken cancellationToken)
    {
        StoredJson.Require(finished.Result);
        return Do(() =>
        {
            List<StepRecord> steps = Content(runId).Steps;
            steps.RemoveAll(step => step.Step == finished.Step && step.Key != finished.Key);
            if (!steps.Exists(step => step.Step == finished.Step))
            {
                steps.Add(finished);
            }
        });
    }

    public Task<IReadOnlyList<StepRecord>> GetStepsAsync(string runId, CancellationToken cancellationToken) =>
        Give<IReadOnlyList<StepRecord>>(() => [.. Existing(runId).Steps.OrderBy(step => step.FinishedAt)]);

    public Task PutTrainingAsync(string runId, string key, long after, IReadOnlyList<StoredTrainingPoint> points, CancellationToken cancellationToken) => Do(() =>
    {
        List<StoredTrainingPoint> kept = Content(runId).Training;
        kept.RemoveAll(point => point.Key != key || point.Step > after || points.Any(one => one.Step == point.Step));
        kept.AddRange(points.Select(point => point with { Key = key }));
    });

    public Task<IReadOnlyList<StoredTrainingPoint>> GetTrainingAsync(string runId, CancellationToken cancellationToken) =>
        Give<IReadOnlyList<StoredTrainingPoint>>(() => [.. Existing(runId).Training.OrderBy(point => point.Step)]);

    public Task AppendEvaluationsAsync(string runId, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations, CancellationToken cancellationToken) => Do(() =>
    {
        SortedDictionary<string, List<StoredEvaluation>> stages = Content(runId).Stages;
        List<StoredEvaluation> rows = stages.TryGetValue(stage, out List<StoredEvaluation>? found) ? found : stages[stage] = [];
        HashSet<string> known = rows.Select(row => row.Genotype).ToHashSet(StringComparer.Ordinal);
        foreach ((string genotype, MetricSet metrics) in evaluations)
        {
            if (known.Add(genotype))
            {
                rows.Add(new StoredEvaluation(stage, rows.Count, genotype, metrics));
            }
        }
    });

    public Task<IReadOnlyList<StoredEvaluation>> GetEvaluationsAsync(string runId, string? stage, CancellationToken cancellationToken) =>
        Give<IReadOnlyList<StoredEvaluation>>(() => [.. Existing(runId).Stages.Where(pair => stage is null || pair.Key == stage).SelectMany(pair => pair.Value)]);

    public Task ClearEvaluationsAsync(string runId, string stage, CancellationToken cancellationToken) => Do(() => Existing(runId).Stages.Remove(stage));

    public Task<IReadOnlyList<StoredEvaluation>> GetFrontAsync(
        string runId, string stage, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, CancellationToken cancellationToken) => Give<IReadOnlyList<StoredEvaluation>>(() =>
    {
        ArgumentOutOfRangeException.ThrowIfZero(objectives.Count, nameof(objectives));
        List<(double[] Costs, StoredEvaluation Row)> points = [.. Existing(runId).Stages.GetValueOrDefault(stage, [])
            .Where(row => constraints.All(limit => limit.Violation(row.Metrics[limit.Key.ToString()]) == 0))
            .Select(row => (objectives.Select(objective => objective.Cost(row.Metrics[objective.Key.ToString()])).ToArray(), row))
            .Where(point => !point.Item1.Any(double.IsNaN))];
        return [.. points
            .Where(point => !points.Exists(other => Dominates(other.Costs, point.Costs)))
            .OrderBy(point => point.Costs[0]).ThenBy(point => point.Row.Genotype, StringComparer.Ordinal)
            .Select(point => point.Row)];
    });

    public Task AppendMeasurementsAsync(string runId, IReadOnlyList<StoredMeasurement> measurements, CancellationToken cancellationToken)
    {
        foreach (StoredMeasurement measurement in measurements)
        {
            StoredJson.Require(measurement.Document);
        }

        return Do(() => _measurements.AddRange(measurements.Select(measurement => (runId, measurement))));
    }

    public Task<IReadOnlyList<StoredMeasurement>> GetMeasurementsAsync(string runId, string device, CancellationToken cancellationToken) =>
        Give<IReadOnlyList<StoredMeasurement>>(() => [.. _measurements.Where(row => row.RunId == runId && row.Measurement.Device == device).Select(row => row.Measurement)]);

    public Task PutPredictorAsync(string runId, StoredPredictor predictor, CancellationToken cancellationToken)
    {
        StoredJson.Require(predictor.Model);
        StoredJson.Require(predictor.Quality);
        return Do(() => Content(runId).Predictors[predictor.Target] = predictor);
    }

    public Task<StoredPredictor?> GetPredictorAsync(string runId, string target, CancellationToken cancellationToken) =>
        Give(() => Existing(runId).Predictors.GetValueOrDefault(target));

    public Task PutArtefactAsync(string runId, Artefact artefact, CancellationToken cancellationToken)
    {
        StoredJson.Require(artefact.Details);
        return Do(() => Content(runId).Artefacts[artefact.Name] = artefact);
    }

    public Task<IReadOnlySet<string>> FindReferredAsync(IReadOnlyCollection<string> sha256, CancellationToken cancellationToken) =>
        Give<IReadOnlySet<string>>(() => _contents.Values.SelectMany(content => content.Artefacts.Values).Select(artefact => artefact.Sha256).Where(sha256.Contains).ToHashSet(StringComparer.Ordinal));

    public Task<IReadOnlyList<Artefact>> GetArtefactsAsync(string runId, CancellationToken cancellationToken) =>
        Give<IReadOnlyList<Artefact>>(() => [.. Existing(runId).Artefacts.Values]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Dominates(double[] first, double[] second) =>
        first.Zip(second).All(pair => pair.First <= pair.Second) && first.Zip(second).Any(pair => pair.First < pair.Second);

    private IEnumerable<RunRecord> NewestFirst() => _runs.AsEnumerable().Reverse().OrderByDescending(run => run.CreatedAt);

    private RunContent Content(string runId) =>
        _contents.TryGetValue(runId, out RunContent? content) ? content : throw new UsageException($"There is no run '{runId}' in the store: it was removed, or never added.");

    private RunContent Existing(string runId) => _contents.GetValueOrDefault(runId, new RunContent());

    private Task Do(Action change)
    {
        return Give(() =>
        {
            change();
            return 0;
        });
    }

    private Task<T> Give<T>(Func<T> read)
    {
        try
        {
            lock (_gate)
            {
                return Task.FromResult(read());
            }
        }
        catch (NasException problem)
        {
            return Task.FromException<T>(problem);
        }
    }

    private sealed class RunContent
    {
        public RunNote Note { get; set; } = RunNote.None;

        public List<StepRecord> Steps { get; } = [];

        public List<StoredTrainingPoint> Training { get; } = [];

        public SortedDictionary<string, List<StoredEvaluation>> Stages { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, StoredPredictor> Predictors { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, Artefact> Artefacts { get; } = new(StringComparer.Ordinal);
    }
}
