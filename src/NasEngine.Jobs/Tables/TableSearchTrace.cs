using NasEngine.Core.Search;

namespace NasEngine.Jobs.Tables;

/// <summary>What one search of a table found, in its order.</summary>
internal sealed class TableSearchTrace(SearchProblem problem)
{
    private readonly List<double[]?> _costs = [];

    /// <summary>Gets how many rows were looked at.</summary>
    public int Evaluated => _costs.Count;

    /// <summary>Gets the time that the algorithm itself took.</summary>
    public double Seconds { get; private set; }

    /// <summary>Gets or sets what the algorithm chose, and why.</summary>
    public IReadOnlyList<string> Choices { get; set; } = [];

    /// <summary>Adds a portion.</summary>
    public void Add(IEnumerable<Evaluation> evaluations, double seconds)
    {
        _costs.AddRange(evaluations.Select(evaluation => problem.Violation(evaluation) == 0 ? problem.Costs(evaluation) : null));
        Seconds += seconds;
    }

    /// <summary>Gives the costs of what lies within the limits, among the first rows looked at.</summary>
    public double[][] CostsUpTo(int evaluations) => [.. _costs.Take(evaluations).OfType<double[]>()];
}
