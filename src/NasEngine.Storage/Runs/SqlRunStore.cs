using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;

namespace NasEngine.Storage.Runs;

/// <summary>Keeps runs in a database.</summary>
internal sealed class SqlRunStore(SqlDatabase database, EvaluationWriter evaluationWriter) : IRunStore
{
    private const string RunColumns = "id, name, space_name, space_fingerprint, experiment, seed, state, created_at, environment";
    private const string FoundColumns = RunColumns + ", until_step";
    private const string NewestFirst = "ORDER BY created_at DESC, run_key DESC LIMIT @limit";

    /// <summary>Gets the database underneath.</summary>
    public SqlDatabase Database => database;

    /// <inheritdoc/>
    public Task PutSpaceAsync(string fingerprint, string name, string json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        ArgumentNullException.ThrowIfNull(name);
        StoredJson.Require(json);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        return database.ExecuteAsync(
            "INSERT INTO spaces (fingerprint, sha256, name, json) VALUES (@fingerprint, @sha256, @name, @json) ON CONFLICT (fingerprint, sha256) DO NOTHING",
            new { fingerprint, sha256, name, json }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> GetSpaceAsync(string fingerprint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        List<string> found = await database.ReadAsync(
            "SELECT json FROM spaces WHERE fingerprint = @fingerprint ORDER BY space_key DESC LIMIT 1", new { fingerprint }, row => row.Json(0), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <inheritdoc/>
    public Task AddRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        StoredJson.Require(run.Experiment);
        StoredJson.Require(run.Environment);
        return database.ExecuteAsync(
            $"INSERT INTO runs ({RunColumns}) VALUES (@Id, @Name, @SpaceName, @SpaceFingerprint, @Experiment, @Seed, @State, @CreatedAt, @Environment) ON CONFLICT (id) DO NOTHING",
            new
            {
                run.Id, run.Name, run.SpaceName, run.SpaceFingerprint, run.Experiment, run.Seed, run.Environment,
                State = run.State.ToString(), CreatedAt = SqlRow.Format(run.CreatedAt),
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetRunStateAsync(string runId, RunState state, CancellationToken cancellationToken) =>
        ExecuteForRunAsync(runId, "UPDATE runs SET state = @state WHERE run_key = @run", new { state = state.ToString() }, cancellationToken);

    /// <inheritdoc/>
    public Task SetRunUntilAsync(string runId, string? until, CancellationToken cancellationToken) =>
        ExecuteForRunAsync(runId, "UPDATE runs SET until_step = @until WHERE run_key = @run", new { until }, cancellationToken);

    /// <inheritdoc/>
    public async Task<RunRecord?> FindRunAsync(string idOrName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(idOrName);
        if (idOrName == "latest")
        {
            return (await ListRunsAsync(1, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
        }

        // One statement, so that both look-ups see the same state; an id goes before a name.
        List<RunRecord> found = await database.ReadAsync(
            $"SELECT {FoundColumns} FROM runs WHERE id = @idOrName OR name = @idOrName ORDER BY id = @idOrName DESC, created_at DESC, run_key DESC LIMIT 1",
            new { idOrName }, ReadRun, cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunRecord>> ListRunsAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return await database.ReadAsync($"SELECT {FoundColumns} FROM runs {NewestFirst}", new { limit }, ReadRun, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return database.ExecuteAsync(
            $"""
            SELECT run_key FROM runs WHERE id = @runId {database.Dialect.ForUpdate};
            DELETE FROM evaluations WHERE stage_key IN (SELECT stage_key FROM stages JOIN runs USING (run_key) WHERE id = @runId);
            DELETE FROM runs WHERE id = @runId;
            """,
            new { runId }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<RunNote> GetNoteAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        List<RunNote> found = await database.ReadAsync(
            "SELECT text, version, changed_at FROM run_notes JOIN runs USING (run_key) WHERE id = @runId",
            new { runId }, row => new RunNote(row.Text(0), row.Whole(1), row.Instant(2)), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault() ?? RunNote.None;
    }

    /// <inheritdoc/>
    public Task<RunNote?> TrySetNoteAsync(string runId, string text, long version, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return database.WriteAsync(
            (connection, transaction) =>
            {
                int changed = connection.Execute(
                    version == 0
                        ? "INSERT INTO run_notes (run_key, text, folded, version, changed_at) VALUES (@run, @text, @folded, 1, @at) ON CONFLICT (run_key) DO NOTHING"
                        : "UPDATE run_notes SET text = @text, folded = @folded, version = version + 1, changed_at = @at WHERE run_key = @run AND version = @version",
                    new { run = RunKey(connection, transaction, runId), text, folded = text.ToLowerInvariant(), version, at = SqlRow.Format(at) }, transaction);
                return changed == 0 ? null : new RunNote(text, version + 1, at.ToUniversalTime());
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutStepAsync(string runId, StepRecord finished, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finished);
        StoredJson.Require(finished.Result);
        return ExecuteForRunAsync(
            runId,
            """
            DELETE FROM steps WHERE run_key = @run AND step = @Step AND key <> @Key;
            INSERT INTO steps (run_key, step, key, result, finished_at) VALUES (@run, @Step, @Key, @Result, @FinishedAt) ON CONFLICT (run_key, step) DO NOTHING;
            """,
            new { finished.Step, finished.Key, finished.Result, FinishedAt = SqlRow.Format(finished.FinishedAt) }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StepRecord>> GetStepsAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return await database.ReadAsync(
            "SELECT step, key, result, finished_at FROM steps JOIN runs USING (run_key) WHERE id = @runId ORDER BY finished_at, step_key",
            new { runId }, row => new StepRecord(row.Text(0), row.Text(1), row.Json(2), row.Instant(3)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PutTrainingAsync(string runId, string key, long after, IReadOnlyList<StoredTrainingPoint> points, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(points);
        foreach (StoredTrainingPoint point in points)
        {
            StoredJson.Require(point.Document, nameof(points));
        }

        return database.WriteAsync(
            (connection, transaction) =>
            {
                long run = RunKey(connection, transaction, runId);
                connection.Execute("DELETE FROM training_points WHERE run_key = @run AND (key <> @key OR step > @after)", new { run, key, after }, transaction);
                connection.Execute(
                    """
                    INSERT INTO training_points (run_key, step, key, document) VALUES (@run, @Step, @key, @Document)
                    ON CONFLICT (run_key, step) DO UPDATE SET key = excluded.key, document = excluded.document
                    """,
                    points.Select(point => new { run, point.Step, key, point.Document }).ToList(), transaction);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredTrainingPoint>> GetTrainingAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return await database.ReadAsync(
            "SELECT t.key, t.step, t.document FROM training_points t JOIN runs USING (run_key) WHERE id = @runId ORDER BY t.step",
            new { runId }, row => new StoredTrainingPoint(row.Text(0), row.Whole(1), row.Json(2)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task AppendEvaluationsAsync(string runId, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(evaluations);
        return database.WriteAsync(
            (connection, transaction) =>
            {
                if (!evaluationWriter.Append(connection, transaction, runId, stage, evaluations))
                {
                    throw NoRun(runId);
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvaluation>> GetEvaluationsAsync(string runId, string? stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        MetricsDocument.Reader metrics = new();
        return await database.ReadAsync(
            $"""
            SELECT stage, sequence, genotype, metrics FROM runs JOIN stages USING (run_key) JOIN evaluations USING (stage_key)
            WHERE id = @runId {(stage is null ? string.Empty : "AND stage = @stage")} ORDER BY stage, sequence
            """,
            new { runId, stage }, row => new StoredEvaluation(row.Text(0), row.Whole(1), row.Text(2), row.Metrics(3, metrics)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ClearEvaluationsAsync(string runId, string stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(stage);
        const string Stage = "stages WHERE stage = @stage AND run_key = (SELECT run_key FROM runs WHERE id = @runId)";
        return database.ExecuteAsync(
            $"""
            SELECT stage_key FROM {Stage} {database.Dialect.ForUpdate};
            DELETE FROM evaluations WHERE stage_key IN (SELECT stage_key FROM {Stage});
            DELETE FROM {Stage};
            """,
            new { runId, stage }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvaluation>> GetFrontAsync(
        string runId, string stage, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(objectives);
        ArgumentNullException.ThrowIfNull(constraints);
        ArgumentOutOfRangeException.ThrowIfZero(objectives.Count, nameof(objectives));
        FrontQuery query = new(runId, stage, objectives, constraints);
        return await query.RunAsync(database, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task AppendMeasurementsAsync(string runId, IReadOnlyList<StoredMeasurement> measurements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(measurements);
        foreach (StoredMeasurement measurement in measurements)
        {
            StoredJson.Require(measurement.Document, nameof(measurements));
        }

        var rows = measurements.Select(one => new
        {
            runId, one.Key, one.Device, one.Fingerprint, one.Document,
            MedianMs = SqlRow.Format(one.MedianMs), LowMs = SqlRow.Format(one.LowMs), HighMs = SqlRow.Format(one.HighMs),
            MeasuredAt = SqlRow.Format(one.MeasuredAt),
        }).ToList();
        return database.ExecuteAsync(
            """
            INSERT INTO measurements (run_id, key, device, fingerprint, median_ms, low_ms, high_ms, document, measured_at)
            VALUES (@runId, @Key, @Device, @Fingerprint, @MedianMs, @LowMs, @HighMs, @Document, @MeasuredAt)
            """,
            rows, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredMeasurement>> GetMeasurementsAsync(string runId, string device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(device);
        return await database.ReadAsync(
            """
            SELECT key, device, fingerprint, median_ms, low_ms, high_ms, document, measured_at FROM measurements
            WHERE run_id = @runId AND device = @device ORDER BY measurement_key
            """,
            new { runId, device },
            row => new StoredMeasurement(row.Text(0), row.Text(1), row.Text(2), row.Real(3), row.Real(4), row.Real(5), row.Json(6), row.Instant(7)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PutPredictorAsync(string runId, StoredPredictor predictor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        StoredJson.Require(predictor.Model);
        StoredJson.Require(predictor.Quality);
        return ExecuteForRunAsync(
            runId,
            """
            INSERT INTO predictors (run_key, target, kind, key, model, quality) VALUES (@run, @Target, @Kind, @Key, @Model, @Quality)
            ON CONFLICT (run_key, target) DO UPDATE SET kind = excluded.kind, key = excluded.key, model = excluded.model, quality = excluded.quality
            """,
            predictor, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoredPredictor?> GetPredictorAsync(string runId, string target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(target);
        List<StoredPredictor> found = await database.ReadAsync(
            "SELECT target, kind, key, model, quality FROM predictors JOIN runs USING (run_key) WHERE id = @runId AND target = @target",
            new { runId, target }, row => new StoredPredictor(row.Text(0), row.Text(1), row.Text(2), row.Json(3), row.Json(4)), cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    /// <inheritdoc/>
    public Task PutArtefactAsync(string runId, Artefact artefact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        StoredJson.Require(artefact.Details);
        return ExecuteForRunAsync(
            runId,
            """
            INSERT INTO artefacts (run_key, name, kind, path, sha256, bytes, details) VALUES (@run, @Name, @Kind, @Path, @Sha256, @Bytes, @Details)
            ON CONFLICT (run_key, name) DO UPDATE
                SET kind = excluded.kind, path = excluded.path, sha256 = excluded.sha256, bytes = excluded.bytes, details = excluded.details
            """,
            artefact, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Artefact>> GetArtefactsAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return await database.ReadAsync(
            "SELECT a.name, kind, path, sha256, bytes, details FROM artefacts a JOIN runs USING (run_key) WHERE id = @runId ORDER BY a.name",
            new { runId }, row => new Artefact(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Whole(4), row.Json(5)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> FindReferredAsync(IReadOnlyCollection<string> sha256, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return new HashSet<string>(
            await database.ReadAsync(
                $"SELECT DISTINCT sha256 FROM artefacts WHERE {database.Dialect.Among("sha256", "@digests")}", new { digests = JsonSerializer.Serialize(sha256) }, row => row.Text(0), cancellationToken).ConfigureAwait(false),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static RunRecord ReadRun(SqlRow row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Json(4), row.Whole(5), row.Name<RunState>(6), row.Instant(7), row.Json(8), row.TextOrNull(9));

    private long RunKey(DbConnection connection, DbTransaction transaction, string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return connection.ExecuteScalar<long?>($"SELECT run_key FROM runs WHERE id = @runId {database.Dialect.ForKeyShare}", new { runId }, transaction)
            ?? throw NoRun(runId);
    }

    private static UsageException NoRun(string runId) => new($"There is no run '{runId}' in the store: it was removed, or never added.");

    /// <summary>Writes something that belongs to a run; <c>@run</c> is its key.</summary>
    private Task ExecuteForRunAsync(string runId, string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) =>
            {
                DynamicParameters all = new(parameters);
                all.Add("run", RunKey(connection, transaction, runId));
                connection.Execute(sql, all, transaction);
            },
            cancellationToken);
}
