using System.Numerics;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Core.Tables;
using NasEngine.Numerics.Pareto;

namespace NasEngine.Jobs.Tables;

/// <summary>A search problem whose every answer stands in a table.</summary>
internal sealed class TableProblem
{
    private readonly Dictionary<Genotype, Evaluation> _evaluations;
    private readonly double[][] _feasible;

    private TableProblem(SearchProblem problem, Dictionary<Genotype, Evaluation> evaluations)
    {
        (Problem, _evaluations) = (problem, evaluations);
        double[][] costs = [.. evaluations.Values.Select(problem.Costs)];
        Reference = [.. Enumerable.Range(0, problem.Objectives.Count).Select(index => costs.Max(row => row[index]))];
        _feasible = [.. evaluations.Values.Where(evaluation => problem.Violation(evaluation) == 0).Select(problem.Costs)];
    }

    /// <summary>Gets the problem; where rows are missing, its candidates are the rows.</summary>
    public SearchProblem Problem { get; }

    /// <summary>Gets the worst cost of each objective over all rows: the reference point.</summary>
    public double[] Reference { get; }

    /// <summary>Gets the number of different architectures that have values.</summary>
    public int Architectures => _evaluations.Count;

    /// <summary>Gets the least cost of the first objective within the limits.</summary>
    public double Optimum => _feasible.Min(row => row[0]);

    /// <summary>Reads a problem.</summary>
    /// <param name="table">The table.</param>
    /// <param name="genes">Its genes, all of them discrete.</param>
    /// <param name="objectives">Columns, or sums of columns, to make better.</param>
    /// <param name="constraints">Limits on columns, or sums of columns.</param>
    /// <exception cref="UsageException">A gene is continuous, a column is missing, or no row has all values.</exception>
    public static TableProblem Read(CsvTable table, TableGenes genes, IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints)
    {
        if (genes.Continuous.Count > 0 || genes.Space is null)
        {
            throw new UsageException($"Column '{genes.Continuous[0]}' holds more than {TableGenes.MostChoices} different numbers; a gene to search over has at most that many choices.");
        }

        string[] keys = [.. objectives.Select(objective => objective.Key.Metric).Concat(constraints.Select(constraint => constraint.Key.Metric)).Distinct(StringComparer.Ordinal)];
        double[][] columns = [.. keys.Select(table.Sum)];
        Dictionary<Genotype, Evaluation> evaluations = [];
        foreach (IGrouping<Genotype, int> rows in Enumerable.Range(0, table.Rows).Where(row => columns.All(column => !double.IsNaN(column[row]))).GroupBy(row => genes.Rows[row]))
        {
            evaluations[rows.Key] = new Evaluation(rows.Key, new MetricSet(keys.Select((key, index) => KeyValuePair.Create(key, rows.Average(row => columns[index][row])))));
        }

        if (evaluations.Count == 0)
        {
            throw new UsageException($"{table.File}: no row has a value for {string.Join(", ", keys)}.");
        }

        bool isComplete = genes.Space.Size == new BigInteger(evaluations.Count);
        SearchProblem problem = new(genes.Space, objectives, constraints) { Candidates = isComplete ? null : new CandidateSet(evaluations.Keys) };
        return new TableProblem(problem, evaluations);
    }

    /// <summary>Gives every row's evaluation.</summary>
    public IReadOnlyCollection<Evaluation> All => _evaluations.Values;

    /// <summary>Gives the hypervolume of the rows within the limits, against <see cref="Reference"/>.</summary>
    public double TrueHypervolume() => HypervolumeOf(_feasible);

    /// <summary>Gives the hypervolume of some costs, against <see cref="Reference"/>.</summary>
    public double HypervolumeOf(IReadOnlyList<double[]> costs) => costs.Count == 0 ? 0 : Reference.Length == 1
        ? Math.Max(0, Reference[0] - costs.Min(row => row[0]))
        : Hypervolume.Compute([.. costs.SelectMany(row => row)], Reference);

    /// <summary>Looks an architecture up.</summary>
    public Evaluation Evaluate(Genotype genotype) => _evaluations[genotype];
}
