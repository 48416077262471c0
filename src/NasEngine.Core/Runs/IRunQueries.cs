namespace NasEngine.Core.Runs;

/// <summary>Answers what a service asks of a store that holds many runs, without reading more than the answer needs.</summary>
/// <remarks>Thread-safe; reads only. What it gives was true at one moment, and may have changed since.</remarks>
public interface IRunQueries
{
    /// <summary>Lists a page of runs.</summary>
    Task<RunPage> ListAsync(RunFilter filter, CancellationToken cancellationToken);

    /// <summary>Counts the runs of each state; states without runs are left out.</summary>
    Task<IReadOnlyDictionary<RunState, long>> CountByStateAsync(CancellationToken cancellationToken);

    /// <summary>Counts the evaluations of each stage of some runs; cost is one look-up a stage, however many evaluations it has.</summary>
    Task<IReadOnlyList<StageCount>> CountEvaluationsAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellationToken);

    /// <summary>Gives how the notes of some runs begin, by run; runs without one are left out.</summary>
    /// <param name="runIds">The runs.</param>
    /// <param name="length">At most this many characters of each.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyDictionary<string, string>> GetNotesAsync(IReadOnlyCollection<string> runIds, int length, CancellationToken cancellationToken);

    /// <summary>Gives the last step of the training curve that is stored of some runs; runs without one are left out.</summary>
    Task<IReadOnlyDictionary<string, long>> FindTrainedStepsAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellationToken);

    /// <summary>Gives the evaluations of a stage from a sequence number on, in their order.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="from">The first sequence number.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<StoredEvaluation>> GetEvaluationsAsync(string runId, string stage, long from, int limit, CancellationToken cancellationToken);

    /// <summary>Lists the quality of the predictors of one run, or of every run, newest run first.</summary>
    Task<IReadOnlyList<RunPredictor>> ListPredictorsAsync(string? runId, int limit, CancellationToken cancellationToken);

    /// <summary>Lists the spaces that the store keeps, by name; the newest text of each fingerprint.</summary>
    Task<IReadOnlyList<StoredSpace>> ListSpacesAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Gives how far each run is that changed after others, for comparing with what was given before.</summary>
    /// <returns>The newest runs with their states and how much is stored of each.</returns>
    Task<IReadOnlyList<RunMark>> ListMarksAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>Which runs to list.</summary>
/// <param name="State">Those of a state, or <see langword="null"/> for all.</param>
/// <param name="Space">Those of a space by its name, or <see langword="null"/> for all.</param>
/// <param name="Text">Those whose id or note contains the text, whatever its case; <see langword="null"/> for all.</param>
/// <param name="ByName">Whether they are sorted by name and id; newest first otherwise.</param>
/// <param name="Limit">At most this many; at least 1.</param>
/// <param name="After">The last run of the page before, or <see langword="null"/> for the first page.</param>
public sealed record RunFilter(RunState? State, string? Space, string? Text, bool ByName, int Limit, RunPlace? After);

/// <summary>A place in a list of runs.</summary>
/// <param name="Sort">The value sorted by: the instant of creation as the store writes it, or the name.</param>
/// <param name="Id">The run's id.</param>
public sealed record RunPlace(string Sort, string Id);

/// <summary>A page of runs.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Total">How many the filter lets through on all pages.</param>
/// <param name="Next">Where the next page begins, or <see langword="null"/> if this is the last.</param>
public sealed record RunPage(IReadOnlyList<RunRecord> Runs, long Total, RunPlace? Next);

/// <summary>How many evaluations a stage has.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Count">How many.</param>
public sealed record StageCount(string RunId, string Stage, long Count);

/// <summary>A predictor and the run it belongs to.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Target">The value it predicts.</param>
/// <param name="Kind">The predictor's name in the registry.</param>
/// <param name="Quality">Its quality report on held-out architectures, as JSON.</param>
public sealed record RunPredictor(string RunId, string Target, string Kind, string Quality);

/// <summary>A space file that the store keeps.</summary>
/// <param name="Fingerprint">The fingerprint of its networks.</param>
/// <param name="Name">Its name.</param>
/// <param name="Json">Its text.</param>
public sealed record StoredSpace(string Fingerprint, string Name, string Json);

/// <summary>How far a run is.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">Its state.</param>
/// <param name="Steps">Steps that are done.</param>
/// <param name="Evaluations">Evaluations in all stages.</param>
/// <param name="Trained">The last step of its training curve; 0 without one.</param>
/// <param name="Note">The version of its note.</param>
public sealed record RunMark(string RunId, RunState State, long Steps, long Evaluations, long Trained, long Note);
