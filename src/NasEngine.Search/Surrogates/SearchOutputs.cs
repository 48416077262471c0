using NasEngine.Core.Objectives;
using NasEngine.Core.Search;

namespace NasEngine.Search.Surrogates;

/// <summary>The values of evaluations that surrogates are fitted on: one for each metric that an objective or a limit names.</summary>
internal sealed class SearchOutputs
{
    private readonly MetricKey[] _keys;
    private readonly double[] _signs;

    public SearchOutputs(SearchProblem problem)
    {
        _keys = [.. problem.Objectives.Select(objective => objective.Key).Concat(problem.Constraints.Select(limit => limit.Key)).Distinct()];
        _signs = [.. _keys.Select(key => Sign(problem, key))];
        Objectives = [.. problem.Objectives.Select(objective => Array.IndexOf(_keys, objective.Key))];
        List<OutputLimit> limits = [];
        foreach (Constraint constraint in problem.Constraints)
        {
            int output = Array.IndexOf(_keys, constraint.Key);
            (double? most, double? least) = _signs[output] > 0 ? (constraint.Maximum, constraint.Minimum) : (-constraint.Minimum, -constraint.Maximum);
            limits.Add(new OutputLimit(output, least, most));
        }

        Limits = limits;
    }

    /// <summary>Gets the number of values.</summary>
    public int Count => _keys.Length;

    /// <summary>Gets which value each objective is.</summary>
    public int[] Objectives { get; }

    /// <summary>Gets the limits, in the direction of the values.</summary>
    public IReadOnlyList<OutputLimit> Limits { get; }

    /// <summary>Gives the values of an output, smaller being better; infinite ones are brought to the nearest finite one.</summary>
    public double[] Values(IEnumerable<Evaluation> evaluations, int output)
    {
        string key = _keys[output].ToString();
        double[] values = [.. evaluations.Select(evaluation => _signs[output] * evaluation.Metrics[key])];
        double[] finite = [.. values.Where(double.IsFinite)];
        (double least, double most) = finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
        return [.. values.Select(value => Math.Clamp(value, least, most))];
    }

    private static double Sign(SearchProblem problem, MetricKey key) =>
        problem.Objectives.FirstOrDefault(objective => objective.Key == key) is Objective objective ? objective.Cost(1)
        : problem.Constraints.First(limit => limit.Key == key).Maximum is null ? -1 : 1;
}
