using NasEngine.Core.Objectives;
using NasEngine.Numerics.Pareto;

namespace NasEngine.Jobs.Queries;

/// <summary>Collects the rows of a table that nothing before them dominates.</summary>
internal sealed class FrontSoFar(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, EvaluationTable table)
{
    private readonly List<(int Row, double[] Costs)> _members = [];
    private readonly double[][] _values = [.. objectives.Select(objective => table.Column(objective.Key.ToString()).ToArray())];
    private readonly double[][] _limited = [.. constraints.Select(constraint => table.Column(constraint.Key.ToString()).ToArray())];

    /// <summary>Gets the rows, in no order.</summary>
    public IReadOnlyList<(int Row, double[] Costs)> Members => _members;

    /// <summary>Gives a row's costs, or <see langword="null"/> if it lacks a value or lies beyond a limit.</summary>
    public double[]? Costs(int row)
    {
        for (int index = 0; index < _limited.Length; index++)
        {
            if (constraints[index].Violation(_limited[index][row]) > 0)
            {
                return null;
            }
        }

        double[] costs = new double[_values.Length];
        for (int index = 0; index < costs.Length; index++)
        {
            costs[index] = objectives[index].Cost(_values[index][row]);
            if (!double.IsFinite(costs[index]))
            {
                return null;
            }
        }

        return costs;
    }

    /// <summary>Adds a row; of rows with equal costs all are kept.</summary>
    public void Add(int row)
    {
        if (Costs(row) is not double[] costs)
        {
            return;
        }

        for (int index = 0; index < _members.Count; index++)
        {
            if (Dominance.Dominates(_members[index].Costs, costs))
            {
                // What dominated one point is likely to dominate the next.
                (_members[0], _members[index]) = (_members[index], _members[0]);
                return;
            }
        }

        _members.RemoveAll(member => Dominance.Dominates(costs, member.Costs));
        _members.Add((row, costs));
    }
}
