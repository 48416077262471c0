using System.Text.Json;
using Dapper;
using NasEngine.Core.Runs;

namespace NasEngine.Storage.Runs;

/// <summary>Answers a service's questions in portable SQL.</summary>
internal sealed class SqlRunQueries(SqlDatabase database) : IRunQueries
{
    private const string RunColumns = "id, name, space_name, space_fingerprint, experiment, seed, state, created_at, environment, until_step";

    // A stage's sequence numbers have no gaps, so that the last one is the count.
    private const string StageCounts = "(SELECT MAX(sequence) + 1 FROM evaluations e WHERE e.stage_key = s.stage_key)";

    private const string TrainedStep = "COALESCE((SELECT MAX(step) FROM training_points t WHERE t.run_key = r.run_key), 0)";

    /// <inheritdoc/>
    public async Task<RunPage> ListAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        DynamicParameters parameters = new();
        List<string> conditions = [];
        if (filter.State is RunState state)
        {
            conditions.Add("state = @state");
            parameters.Add("state", state.ToString());
        }

        if (filter.Space is not null)
        {
            conditions.Add("space_name = @space");
            parameters.Add("space", filter.Space);
        }

        if (filter.Text is not null)
        {
            conditions.Add("(LOWER(id) LIKE @text ESCAPE '!' OR EXISTS (SELECT 1 FROM run_notes n WHERE n.run_key = runs.run_key AND n.folded LIKE @text ESCAPE '!'))");
            parameters.Add("text", $"%{Escaped(filter.Text.ToLowerInvariant())}%");
        }

        List<long> total = await database.ReadAsync($"SELECT COUNT(*) FROM runs {Where(conditions)}", parameters, row => row.Whole(0), cancellationToken).ConfigureAwait(false);
        string column = filter.ByName ? "name" : "created_at";
        if (filter.After is RunPlace after)
        {
            conditions.Add($"({column}, id) {(filter.ByName ? '>' : '<')} (@sort, @id)");
            parameters.Add("sort", after.Sort);
            parameters.Add("id", after.Id);
        }

        parameters.Add("limit", filter.Limit + 1);
        string order = filter.ByName ? "name, id" : "created_at DESC, id DESC";
        List<RunRecord> runs = await database.ReadAsync(
            $"SELECT {RunColumns} FROM runs {Where(conditions)} ORDER BY {order} LIMIT @limit", parameters, ReadRun, cancellationToken).ConfigureAwait(false);
        RunRecord? last = runs.Count > filter.Limit ? runs[filter.Limit - 1] : null;
        return new RunPage(
            last is null ? runs : runs[..filter.Limit], total[0],
            last is null ? null : new RunPlace(filter.ByName ? last.Name : SqlRow.Format(last.CreatedAt), last.Id));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<RunState, long>> CountByStateAsync(CancellationToken cancellationToken)
    {
        List<(RunState State, long Count)> counts = await database.ReadAsync(
            "SELECT state, COUNT(*) FROM runs GROUP BY state", null, row => (row.Name<RunState>(0), row.Whole(1)), cancellationToken).ConfigureAwait(false);
        return counts.ToDictionary(pair => pair.State, pair => pair.Count);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StageCount>> CountEvaluationsAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        if (runIds.Count == 0)
        {
            return [];
        }

        return await database.ReadAsync(
            $"SELECT id, stage, COALESCE({StageCounts}, 0) FROM runs JOIN stages s USING (run_key) WHERE {database.Dialect.Among("id", "@ids")}",
            new { ids = JsonSerializer.Serialize(runIds) }, row => new StageCount(row.Text(0), row.Text(1), row.Whole(2)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> GetNotesAsync(IReadOnlyCollection<string> runIds, int length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        List<(string Run, string Beginning)> found = await database.ReadAsync(
            $"SELECT id, SUBSTR(text, 1, @length) FROM run_notes JOIN runs USING (run_key) WHERE text <> '' AND {database.Dialect.Among("id", "@ids")}",
            new { ids = JsonSerializer.Serialize(runIds), length }, row => (row.Text(0), row.Text(1)), cancellationToken).ConfigureAwait(false);
        return found.ToDictionary(pair => pair.Run, pair => pair.Beginning, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, long>> FindTrainedStepsAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        if (runIds.Count == 0)
        {
            return new Dictionary<string, long>();
        }

        List<(string Id, long Step)> found = await database.ReadAsync(
            $"SELECT r.id, {TrainedStep} FROM runs r WHERE {database.Dialect.Among("r.id", "@ids")}",
            new { ids = JsonSerializer.Serialize(runIds) }, row => (row.Text(0), row.Whole(1)), cancellationToken).ConfigureAwait(false);
        return found.Where(pair => pair.Step > 0).ToDictionary(pair => pair.Id, pair => pair.Step, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvaluation>> GetEvaluationsAsync(string runId, string stage, long from, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(stage);
        MetricsDocument.Reader metrics = new();
        return await database.ReadAsync(
            """
            SELECT sequence, genotype, metrics FROM evaluations
            WHERE stage_key = (SELECT stage_key FROM stages JOIN runs USING (run_key) WHERE id = @runId AND stage = @stage) AND sequence >= @from
            ORDER BY sequence LIMIT @limit
            """,
            new { runId, stage, from, limit }, row => new StoredEvaluation(stage, row.Whole(0), row.Text(1), row.Metrics(2, metrics)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunPredictor>> ListPredictorsAsync(string? runId, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"""
            SELECT id, target, p.kind, quality FROM predictors p JOIN runs USING (run_key)
            {(runId is null ? string.Empty : "WHERE id = @runId")} ORDER BY created_at DESC, id, target LIMIT @limit
            """,
            new { runId, limit }, row => new RunPredictor(row.Text(0), row.Text(1), row.Text(2), row.Json(3)), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredSpace>> ListSpacesAsync(int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            """
            SELECT fingerprint, name, json FROM spaces
            WHERE space_key IN (SELECT MAX(space_key) FROM spaces GROUP BY fingerprint, name) ORDER BY name, fingerprint LIMIT @limit
            """,
            new { limit }, row => new StoredSpace(row.Text(0), row.Text(1), row.Json(2)), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunMark>> ListMarksAsync(int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"""
            SELECT r.id, r.state, (SELECT COUNT(*) FROM steps p WHERE p.run_key = r.run_key),
                CAST((SELECT COALESCE(SUM({StageCounts}), 0) FROM stages s WHERE s.run_key = r.run_key) AS BIGINT), {TrainedStep},
                COALESCE((SELECT n.version FROM run_notes n WHERE n.run_key = r.run_key), 0)
            FROM runs r ORDER BY r.created_at DESC, r.run_key DESC LIMIT @limit
            """,
            new { limit }, row => new RunMark(row.Text(0), row.Name<RunState>(1), row.Whole(2), row.Whole(3), row.Whole(4), row.Whole(5)), cancellationToken).ConfigureAwait(false);

    private static string Where(List<string> conditions) => conditions.Count == 0 ? string.Empty : $"WHERE {string.Join(" AND ", conditions)}";

    private static string Escaped(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    private static RunRecord ReadRun(SqlRow row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Json(4), row.Whole(5), row.Name<RunState>(6), row.Instant(7), row.Json(8), row.TextOrNull(9));
}
