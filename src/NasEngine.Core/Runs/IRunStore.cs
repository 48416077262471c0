using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Search;

namespace NasEngine.Core.Runs;

/// <summary>Keeps spaces, runs and all that was measured, so that a stopped run goes on where it was and nothing is done twice.</summary>
/// <remarks>
/// Thread-safe. A write is durable once its task completes, also against <c>kill -9</c>. Writes of what is there already
/// are ignored, so a repeated job does no harm. Ids and names compare ordinally.
/// A damaged store raises <see cref="DamagedFileException"/>, never anything else.
/// </remarks>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>Keeps a space file; the same fingerprint and text are kept once.</summary>
    Task PutSpaceAsync(string fingerprint, string name, string json, CancellationToken cancellationToken);

    /// <summary>Gives the space file with a fingerprint, or <see langword="null"/>.</summary>
    Task<string?> GetSpaceAsync(string fingerprint, CancellationToken cancellationToken);

    /// <summary>Adds a run; ignored if its id is there.</summary>
    Task AddRunAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Changes a run's state.</summary>
    /// <exception cref="UsageException">There is no such run.</exception>
    Task SetRunStateAsync(string runId, RunState state, CancellationToken cancellationToken);

    /// <summary>Changes the step that a run is to stop after.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="until">The step, several separated by commas, or <see langword="null"/> to go on to its end.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <exception cref="UsageException">There is no such run.</exception>
    Task SetRunUntilAsync(string runId, string? until, CancellationToken cancellationToken);

    /// <summary>Finds a run by id, by name (the newest of that name), or by <c>latest</c> (the newest of all).</summary>
    /// <returns>The run, or <see langword="null"/>.</returns>
    Task<RunRecord?> FindRunAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Lists runs, newest first.</summary>
    Task<IReadOnlyList<RunRecord>> ListRunsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Removes a run and everything stored under its id; measurements stay.</summary>
    Task DeleteRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Gives what people wrote about a run; <see cref="RunNote.None"/> if nothing, or if there is no such run.</summary>
    Task<RunNote> GetNoteAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Changes what is written about a run, unless somebody else has changed it meanwhile.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="text">The whole text, as <see cref="RunNote.Normalize"/> gives it.</param>
    /// <param name="version">The version of the note that the text was made from.</param>
    /// <param name="at">When it is changed.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <returns>The note as it is now, or <see langword="null"/> if it has another version: nothing was changed.</returns>
    /// <exception cref="UsageException">There is no such run.</exception>
    Task<RunNote?> TrySetNoteAsync(string runId, string text, long version, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Marks a step as done; a step with the same name and another key is replaced.</summary>
    Task PutStepAsync(string runId, StepRecord finished, CancellationToken cancellationToken);

    /// <summary>Gives the steps that are done, in the order they were finished.</summary>
    Task<IReadOnlyList<StepRecord>> GetStepsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Keeps the course of a training from a step on: what is stored of later steps, or of a training with another key, goes.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">A digest of what goes into the training.</param>
    /// <param name="after">The step that the points come after; -1 for a course from its beginning.</param>
    /// <param name="points">The points, ascending by step.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <exception cref="UsageException">There is no such run.</exception>
    Task PutTrainingAsync(string runId, string key, long after, IReadOnlyList<StoredTrainingPoint> points, CancellationToken cancellationToken);

    /// <summary>Gives the course of a run's training so far, ascending by step.</summary>
    Task<IReadOnlyList<StoredTrainingPoint>> GetTrainingAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Appends evaluations in one transaction; a genotype that the stage has already is ignored.</summary>
    Task AppendEvaluationsAsync(string runId, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations, CancellationToken cancellationToken);

    /// <summary>Gives a stage's evaluations in the order they were appended, or those of all stages by stage and order.</summary>
    Task<IReadOnlyList<StoredEvaluation>> GetEvaluationsAsync(string runId, string? stage, CancellationToken cancellationToken);

    /// <summary>Removes a stage's evaluations: its inputs changed.</summary>
    Task ClearEvaluationsAsync(string runId, string stage, CancellationToken cancellationToken);

    /// <summary>Gives the non-dominated evaluations of a stage that meet every constraint, sorted by the first objective's cost, ties by genotype.</summary>
    /// <remarks>Evaluations that lack an objective or a constrained value are left out. Equal objective vectors are all kept.</remarks>
    Task<IReadOnlyList<StoredEvaluation>> GetFrontAsync(
        string runId, string stage, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, CancellationToken cancellationToken);

    /// <summary>Appends measurements, each of them new.</summary>
    Task AppendMeasurementsAsync(string runId, IReadOnlyList<StoredMeasurement> measurements, CancellationToken cancellationToken);

    /// <summary>Gives a run's measurements on a device in the order they were appended; of several of one key all are given.</summary>
    Task<IReadOnlyList<StoredMeasurement>> GetMeasurementsAsync(string runId, string device, CancellationToken cancellationToken);

    /// <summary>Keeps a predictor; one for the same target is replaced.</summary>
    Task PutPredictorAsync(string runId, StoredPredictor predictor, CancellationToken cancellationToken);

    /// <summary>Gives the predictor for a target, or <see langword="null"/>.</summary>
    Task<StoredPredictor?> GetPredictorAsync(string runId, string target, CancellationToken cancellationToken);

    /// <summary>Keeps an artefact; one of the same name is replaced.</summary>
    Task PutArtefactAsync(string runId, Artefact artefact, CancellationToken cancellationToken);

    /// <summary>Gives those of some digests that an artefact of any run has.</summary>
    Task<IReadOnlySet<string>> FindReferredAsync(IReadOnlyCollection<string> sha256, CancellationToken cancellationToken);

    /// <summary>Lists a run's artefacts by name.</summary>
    Task<IReadOnlyList<Artefact>> GetArtefactsAsync(string runId, CancellationToken cancellationToken);
}
