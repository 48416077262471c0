using System.Diagnostics;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Progress;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Core.Tables;
using NasEngine.Search;

namespace NasEngine.Jobs.Tables;

/// <summary>What to search a table for.</summary>
/// <param name="Source">The table and its genes.</param>
/// <param name="Maximize">Columns to make greater, or sums such as <c>a+b</c>; they come before those to make smaller.</param>
/// <param name="Minimize">Columns to make smaller.</param>
/// <param name="Limits">Limits such as <c>a&lt;=5</c>.</param>
/// <param name="Evaluations">How many rows may be looked at.</param>
/// <param name="Seeds">How often the search is repeated, with seeds 1, 2, 3 …</param>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Options">The algorithm's settings, or <see langword="null"/> for its defaults.</param>
public sealed record TableSearchRequest(
    TableSource Source, IReadOnlyList<string> Maximize, IReadOnlyList<string> Minimize, IReadOnlyList<string> Limits,
    int Evaluations, int Seeds, string Algorithm, SearchAlgorithmOptions? Options = null);

/// <summary>How far searches came after a number of evaluations.</summary>
/// <param name="Evaluations">The number.</param>
/// <param name="MissingHypervolume">Share of the table's true hypervolume that is missing, over seeds; from 0 to 1.</param>
/// <param name="BestFeasible">Best value of the first objective within the limits; median over seeds.</param>
/// <param name="Regret">How far that is from the best of the table; median over seeds.</param>
/// <param name="FoundNothing">In how many seeds nothing within the limits was found.</param>
public sealed record TableSearchPoint(int Evaluations, SpreadRange MissingHypervolume, double? BestFeasible, double? Regret, int FoundNothing);

/// <summary>How well an algorithm searches a table.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Architectures">Different architectures with values.</param>
/// <param name="TrueHypervolume">Hypervolume of the table's front against the worst value of each objective, in their units multiplied.</param>
/// <param name="Seeds">Number of seeds.</param>
/// <param name="SecondsPerEvaluation">Time that the algorithm itself took, by evaluation.</param>
/// <param name="ByEvaluations">Progress.</param>
/// <param name="Choices">What the first seed's algorithm chose on its way, and why; empty if it makes no choices.</param>
public sealed record TableSearchReport(
    string Algorithm, int Architectures, double TrueHypervolume, int Seeds, double SecondsPerEvaluation, IReadOnlyList<TableSearchPoint> ByEvaluations, IReadOnlyList<string> Choices);

/// <summary>Judges search algorithms on tables.</summary>
public static class TableSearch
{
    private static readonly int[] FirstMarks = [1, 2, 5];

    /// <summary>Searches with every seed.</summary>
    public static TableSearchReport Run(TableSearchRequest request, IProgressSink progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        ISearchAlgorithmKind kind = SearchAlgorithmRegistry.Default.Find(request.Algorithm);
        SearchAlgorithmOptions options = request.Options ?? kind.ReadOptions(null);
        TableProblem rows = Read(request);
        int budget = Math.Min(request.Evaluations, rows.Architectures);
        int[] marks = [.. MarksUpTo(budget)];
        double trueVolume = rows.TrueHypervolume();
        List<TableSearchTrace> traces = [];
        using IProgressTask task = progress.Start("search", request.Seeds, "seed", 0);
        for (int seed = 1; seed <= request.Seeds; seed++)
        {
            traces.Add(Search(rows, kind.Create(rows.Problem, options, seed), options.GenerationSize, budget, cancellationToken));
            task.Report(seed, FormattableString.Invariant($"missing {1 - (rows.HypervolumeOf(traces[^1].CostsUpTo(budget)) / trueVolume):0.0e0} of the hypervolume"));
        }

        return new TableSearchReport(
            request.Algorithm, rows.Architectures, trueVolume, request.Seeds, traces.Average(trace => trace.Seconds / Math.Max(1, trace.Evaluated)),
            [.. marks.Select(mark => PointAt(mark, rows, traces, trueVolume))], traces[0].Choices);
    }

    private static TableProblem Read(TableSearchRequest request)
    {
        Objective[] objectives =
        [
            .. request.Maximize.Select(column => new Objective(new MetricKey(column), Goal.Maximize)),
            .. request.Minimize.Select(column => new Objective(new MetricKey(column), Goal.Minimize)),
        ];
        if (objectives.Length == 0 || objectives.Select(objective => objective.Key).Distinct().Count() != objectives.Length)
        {
            throw new UsageException("At least one column to --maximize or --minimize is expected, each named once.");
        }

        (CsvTable table, TableGenes genes) = request.Source.Read();
        TableProblem rows = TableProblem.Read(table, genes, objectives, [.. request.Limits.Select(TableLimit.Parse)]);
        return Infeasibility.Find(rows.Problem, [.. rows.All]) is Exception nothing ? throw nothing : rows;
    }

    private static TableSearchTrace Search(TableProblem rows, ISearchAlgorithm algorithm, int portion, int budget, CancellationToken cancellationToken)
    {
        TableSearchTrace trace = new(rows.Problem);
        while (trace.Evaluated < budget)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<Genotype> proposals = algorithm.Ask(Math.Min(portion, budget - trace.Evaluated));
            TimeSpan spent = Stopwatch.GetElapsedTime(start);
            if (proposals.Count == 0)
            {
                break;
            }

            Evaluation[] evaluations = [.. proposals.Select(rows.Evaluate)];
            start = Stopwatch.GetTimestamp();
            algorithm.Tell(evaluations);
            trace.Add(evaluations, (spent + Stopwatch.GetElapsedTime(start)).TotalSeconds);
        }

        trace.Choices = algorithm is IExplainedAlgorithm explained ? explained.Choices : [];
        return trace;
    }

    // 10, 20, 50, 100, 200, 500 …, every further hundred up to 1,000, and the end.
    private static IEnumerable<int> MarksUpTo(int budget) =>
        Enumerable.Range(1, 5).SelectMany(power => FirstMarks.Select(mark => mark * (int)Math.Pow(10, power)))
            .Concat(Enumerable.Range(1, 10).Select(hundred => 100 * hundred))
            .Where(mark => mark < budget).Append(budget).Distinct().Order();

    private static TableSearchPoint PointAt(int mark, TableProblem rows, List<TableSearchTrace> traces, double trueVolume)
    {
        double[][][] costs = [.. traces.Select(trace => trace.CostsUpTo(mark))];
        bool maximizes = rows.Problem.Objectives[0].Goal == Goal.Maximize;
        SpreadRange best = SpreadRange.Of(costs.Select(found => found.Length == 0 ? double.NaN : found.Min(row => row[0])));
        return new TableSearchPoint(
            mark,
            SpreadRange.Of(costs.Select(found => trueVolume > 0 ? Math.Max(0, 1 - (rows.HypervolumeOf(found) / trueVolume)) : 0)),
            maximizes ? -best.Median : best.Median,
            best.Median - rows.Optimum,
            costs.Count(found => found.Length == 0));
    }
}
