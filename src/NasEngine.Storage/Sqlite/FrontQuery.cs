using System.Globalization;
using System.Text;
using Dapper;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;

namespace NasEngine.Storage.Sqlite;

/// <summary>The front of one stage as SQL: values become costs, constraints a WHERE, and one or two objectives a sweep with a window.</summary>
/// <remarks>
/// The sweep costs a sort. With three objectives or more the candidates are returned and the last step is <see cref="KeepFront"/>,
/// because a self-join would compare every pair.
/// </remarks>
internal sealed class FrontQuery
{
    private const int SweptObjectives = 2;

    private readonly string _stage;
    private readonly int _objectives;

    /// <summary>Initializes the query.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="objectives">At least one.</param>
    /// <param name="constraints">Any number.</param>
    public FrontQuery(string runId, string stage, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints)
    {
        _stage = stage;
        _objectives = objectives.Count;
        Parameters.Add("run", runId);
        Parameters.Add("stage", stage);
        Sql = Measured(objectives, constraints) + (objectives.Count <= SweptObjectives ? Sweep(objectives.Count) : Candidates(objectives.Count));
    }

    /// <summary>Gets the statement; its columns are sequence, genotype, metrics and the costs.</summary>
    public string Sql { get; }

    /// <summary>Gets the statement's parameters.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>Reads one row of the answer.</summary>
    public Point Read(SqliteRow row)
    {
        double[] costs = new double[_objectives];
        for (int i = 0; i < costs.Length; i++)
        {
            costs[i] = row.Real(3 + i);
        }

        return new Point(costs, new StoredEvaluation(_stage, row.Whole(0), row.Text(1), row.Metrics(2)));
    }

    /// <summary>Keeps what no other dominates, sorted by the first cost, ties by genotype.</summary>
    public IReadOnlyList<StoredEvaluation> Finish(List<Point> points)
    {
        List<Point> front = _objectives <= SweptObjectives ? points : KeepFront(points);
        front.Sort((x, y) => x.Costs[0].CompareTo(y.Costs[0]) is int order and not 0 ? order : string.CompareOrdinal(x.Row.Genotype, y.Row.Genotype));
        return [.. front.Select(point => point.Row)];
    }

    private static List<Point> KeepFront(List<Point> points)
    {
        // In lexicographic order a point comes after all that dominate it, and what dominates it is kept or dominated by one that is.
        points.Sort((x, y) => x.Costs.AsSpan().SequenceCompareTo(y.Costs));
        List<Point> front = [];
        foreach (Point point in points)
        {
            if (!front.Exists(kept => Dominates(kept.Costs, point.Costs)))
            {
                front.Add(point);
            }
        }

        return front;
    }

    private static bool Dominates(double[] first, double[] second)
    {
        bool better = false;
        for (int i = 0; i < first.Length; i++)
        {
            if (first[i] > second[i])
            {
                return false;
            }

            better |= first[i] < second[i];
        }

        return better;
    }

    private static string Cost(int objective) => string.Create(CultureInfo.InvariantCulture, $"cost{objective}");

    private static string Costs(string prefix, int objectives) => string.Join(", ", Enumerable.Range(0, objectives).Select(i => prefix + Cost(i)));

    // measured: every evaluation with each value that is asked for, read once; points: those that have all of them and lie within the limits.
    private string Measured(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints)
    {
        List<MetricKey> keys = [.. objectives.Select(objective => objective.Key).Concat(constraints.Select(constraint => constraint.Key)).Distinct()];
        StringBuilder values = new();
        List<string> conditions = [];
        for (int i = 0; i < keys.Count; i++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"key{i}");
            Parameters.Add(key, Encoding.UTF8.GetBytes(keys[i].ToString()));
            values.Append(CultureInfo.InvariantCulture, $", metric(metrics, @{key}) AS {Value(keys[i])}");
            conditions.Add($"{Value(keys[i])} IS NOT NULL");
        }

        for (int i = 0; i < constraints.Count; i++)
        {
            AddLimit(constraints[i].Minimum, Value(constraints[i].Key), ">=", string.Create(CultureInfo.InvariantCulture, $"least{i}"));
            AddLimit(constraints[i].Maximum, Value(constraints[i].Key), "<=", string.Create(CultureInfo.InvariantCulture, $"most{i}"));
        }

        IEnumerable<string> costs = objectives.Select((objective, i) => $"{(objective.Goal == Goal.Maximize ? "-" : string.Empty)}{Value(objective.Key)} AS {Cost(i)}");
        return $"""
            WITH measured AS MATERIALIZED (
                SELECT stage_key, sequence{values} FROM evaluations
                WHERE stage_key = (SELECT stage_key FROM stages JOIN runs USING (run_key) WHERE id = @run AND stage = @stage)),
            points AS MATERIALIZED (
                SELECT stage_key, sequence, {string.Join(", ", costs)} FROM measured WHERE {string.Join(" AND ", conditions)})

            """;

        string Value(MetricKey key) => string.Create(CultureInfo.InvariantCulture, $"value{keys.IndexOf(key)}");

        void AddLimit(double? limit, string value, string comparison, string name)
        {
            if (limit is double bound)
            {
                Parameters.Add(name, bound);
                conditions.Add($"{value} {comparison} @{name}");
            }
        }
    }

    // steps: the best second cost at each first cost, beside the best at any smaller first cost. A point is on the front
    // if it is the best at its own first cost, and better than all before.
    private static string Sweep(int objectives)
    {
        string second = objectives == 1 ? "0.0" : "cost1";
        string seconds = objectives == 1 ? "0.0" : "points.cost1";
        return $"""
            , steps AS (
                SELECT cost0 AS first, MIN({second}) AS second,
                    MIN(MIN({second})) OVER (ORDER BY cost0 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM points GROUP BY cost0)
            SELECT e.sequence, e.genotype, e.metrics, {Costs("points.", objectives)}
            FROM steps
            JOIN points ON points.cost0 = steps.first AND {seconds} = steps.second
            JOIN evaluations e ON e.stage_key = points.stage_key AND e.sequence = points.sequence
            WHERE steps.before IS NULL OR steps.second < steps.before
            """;
    }

    private static string Candidates(int objectives) => $"""
        SELECT e.sequence, e.genotype, e.metrics, {Costs("points.", objectives)}
        FROM points JOIN evaluations e ON e.stage_key = points.stage_key AND e.sequence = points.sequence
        """;

    /// <summary>An evaluation with its costs.</summary>
    internal readonly record struct Point(double[] Costs, StoredEvaluation Row);
}
