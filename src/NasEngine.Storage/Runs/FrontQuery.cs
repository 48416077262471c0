using System.Text;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;

namespace NasEngine.Storage.Runs;

/// <summary>The front of one stage: the stage is read once, in the order it was stored, and each row is held against the front so far.</summary>
/// <remarks>
/// Only the values that are asked for are parsed, and a row that is dominated is read no further: a front of 5,000 evaluations
/// has some tens of members, and some hundreds of rows were members for a while. Not thread-safe; for one use.
/// </remarks>
internal sealed class FrontQuery
{
    private const string Sql =
        """
        SELECT sequence, metrics, genotype FROM evaluations
        WHERE stage_key = (SELECT stage_key FROM stages JOIN runs USING (run_key) WHERE id = @runId AND stage = @stage) ORDER BY sequence
        """;

    private readonly string _runId;
    private readonly string _stage;
    private readonly IReadOnlyList<Objective> _objectives;
    private readonly IReadOnlyList<Constraint> _constraints;
    private readonly byte[][] _keys;
    private readonly int[] _objectiveKeys;
    private readonly int[] _constraintKeys;
    private readonly double?[] _values;
    private readonly double[] _costs;
    private readonly FrontArchive<StoredEvaluation> _front;
    private readonly MetricsDocument.Reader _metrics = new();

    /// <summary>Initializes the query.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="objectives">At least one.</param>
    /// <param name="constraints">Any number.</param>
    public FrontQuery(string runId, string stage, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints)
    {
        _runId = runId;
        _stage = stage;
        _objectives = objectives;
        _constraints = constraints;
        List<MetricKey> keys = [.. objectives.Select(objective => objective.Key).Concat(constraints.Select(constraint => constraint.Key)).Distinct()];
        _keys = [.. keys.Select(key => Encoding.UTF8.GetBytes(key.ToString()))];
        _objectiveKeys = [.. objectives.Select(objective => keys.IndexOf(objective.Key))];
        _constraintKeys = [.. constraints.Select(constraint => keys.IndexOf(constraint.Key))];
        _values = new double?[keys.Count];
        _costs = new double[objectives.Count];
        _front = new FrontArchive<StoredEvaluation>(objectives.Count);
    }

    /// <summary>Reads the front, sorted by the first cost, ties by genotype.</summary>
    public async Task<IReadOnlyList<StoredEvaluation>> RunAsync(SqlDatabase database, CancellationToken cancellationToken)
    {
        await database.ReadAsync(Sql, new { runId = _runId, stage = _stage }, Offer, cancellationToken).ConfigureAwait(false);
        return [.. _front.Members.OrderBy(member => member.Costs[0]).ThenBy(member => member.Item.Genotype, StringComparer.Ordinal).Select(member => member.Item)];
    }

    private bool Offer(SqlRow row)
    {
        row.MetricValues(1, _keys, _values);
        for (int i = 0; i < _constraintKeys.Length; i++)
        {
            if (_values[_constraintKeys[i]] is not double value || value < _constraints[i].Minimum || value > _constraints[i].Maximum)
            {
                return false;
            }
        }

        for (int i = 0; i < _costs.Length; i++)
        {
            if (_values[_objectiveKeys[i]] is not double value)
            {
                return false;
            }

            _costs[i] = _objectives[i].Cost(value);
        }

        if (_front.Covers(_costs))
        {
            return false;
        }

        _front.Add(_costs, new StoredEvaluation(_stage, row.Whole(0), row.Text(2), row.Metrics(1, _metrics)));
        return true;
    }
}
