using System.Diagnostics;
using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Tables;
using NasEngine.Numerics.Knapsack;

namespace NasEngine.Jobs.Tables;

/// <summary>Chooses one row for each part of a table so that a sum is best while other sums keep limits: exactly, whatever the number of combinations.</summary>
public static class TableSolve
{
    private const int MostLimits = 2;

    /// <summary>Solves a table.</summary>
    /// <param name="request">The table, its columns and limits.</param>
    /// <param name="cancellationToken">Stops between two limits of a sweep.</param>
    /// <exception cref="UsageException">A column is missing, the limits are none, too many, or twice over one column, or a limit is no limit.</exception>
    /// <exception cref="InputFormatException">A cell is blank or no number, or a part has two choices of one name.</exception>
    /// <exception cref="InfeasibleConstraintException">Nothing keeps the limits; the message says what the cheapest choices sum up to.</exception>
    public static TableSolveReport Run(TableSolveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Sweep, 1);
        Constraint[] limits = [.. request.Limits.Select(TableLimit.Parse)];
        if (limits.Length is 0 or > MostLimits || limits.DistinctBy(limit => limit.Key).Count() != limits.Length)
        {
            throw new UsageException($"One or two limits over different columns are expected, not {(limits.Length == 0 ? "none" : string.Join(", ", request.Limits))}.");
        }

        CsvTable table = CsvTable.ReadFile(request.File);
        Part[] parts = Read(table, request, limits);
        long start = Stopwatch.GetTimestamp();
        KnapsackPart[] knapsack = [.. parts.Select(part => part.Items)];
        double[] budgets = [.. limits.Select(limit => limit.Maximum ?? -limit.Minimum!.Value)];
        KnapsackChoice widest = MultipleChoiceKnapsack.Solve(knapsack, budgets) ?? throw Infeasible(request, table, parts, limits);
        List<TableSolution> solutions = [];
        foreach (double budget in Budgets(knapsack, budgets, widest, request.Sweep))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] within = [budget, .. budgets.Skip(1)];
            if ((budget == budgets[0] ? widest : MultipleChoiceKnapsack.Solve(knapsack, within)) is KnapsackChoice choice)
            {
                solutions.Add(ToSolution(request, parts, limits, within, choice));
            }
        }

        return new TableSolveReport(parts.Length, parts.Sum(part => part.Choices.Length), request.Score, solutions, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    // A limit that the best choice does not reach is no limit: a sweep spends its steps below.
    private static IEnumerable<double> Budgets(KnapsackPart[] parts, double[] budgets, KnapsackChoice widest, int count)
    {
        double least = count > 1 ? MultipleChoiceKnapsack.LeastCosts(parts)[0] : 0;
        for (int step = 0; step < count - 1; step++)
        {
            yield return least + ((widest.Costs[0] - least) * step / (count - 1));
        }

        yield return budgets[0];
    }

    private static Part[] Read(CsvTable table, TableSolveRequest request, Constraint[] limits)
    {
        string[] names = table.Texts(request.Part);
        string[] choices = table.Texts(request.Choice);
        double[] scores = table.Sum(request.Score);
        double[][] costs = [.. limits.Select(limit => table.Sum(limit.Key.Metric))];
        for (int row = 0; row < table.Rows; row++)
        {
            if (names[row].Length == 0 || choices[row].Length == 0 || double.IsNaN(scores[row]) || costs.Any(cost => double.IsNaN(cost[row])))
            {
                throw new InputFormatException(table.File, Line(table, row, $"{string.Join(", ", new[] { request.Part, request.Choice, request.Score }.Concat(limits.Select(limit => limit.Key.Metric)))} must not be blank."));
            }
        }

        Part[] parts = [.. Enumerable.Range(0, table.Rows).GroupBy(row => names[row]).Select(group => new Part(
            group.Key,
            [.. group.Select(row => choices[row])],
            new KnapsackPart(
                [.. group.Select(row => request.Maximizes ? -scores[row] : scores[row])],
                [.. group.SelectMany(row => limits.Select((limit, index) => limit.Maximum is null ? -costs[index][row] : costs[index][row]))],
                limits.Length)))];
        if (parts.Length == 0)
        {
            throw new InputFormatException(table.File, "at least one row is expected.");
        }

        HashSet<(string, string)> seen = [];
        int again = Enumerable.Range(0, table.Rows).FirstOrDefault(row => !seen.Add((names[row], choices[row])), -1);
        return again < 0 ? parts : throw new InputFormatException(table.File, Line(table, again, $"part '{names[again]}' has a choice '{choices[again]}' already."));
    }

    private static string Line(CsvTable table, int row, string what) => string.Create(CultureInfo.InvariantCulture, $"line {table.LineOf(row)}: {what}");

    private static TableSolution ToSolution(TableSolveRequest request, Part[] parts, Constraint[] limits, double[] budgets, KnapsackChoice choice) => new(
        limits.Select((limit, index) => (limit, Value: Signed(limit, budgets[index]))).ToDictionary(pair => pair.limit.Key.Metric, pair => pair.Value),
        request.Maximizes ? -choice.Score : choice.Score,
        limits.Select((limit, index) => (limit, Value: Signed(limit, choice.Costs[index]))).ToDictionary(pair => pair.limit.Key.Metric, pair => pair.Value),
        parts.Select((part, index) => (part.Name, Choice: part.Choices[choice.Items[index]])).ToDictionary(pair => pair.Name, pair => pair.Choice));

    private static double Signed(Constraint limit, double cost) => limit.Maximum is null ? -cost : cost;

    // Of each limit alone the nearest is known exactly; if each alone can be met, they cannot be met together.
    private static InfeasibleConstraintException Infeasible(TableSolveRequest request, CsvTable table, Part[] parts, Constraint[] limits)
    {
        IReadOnlyList<double> least = MultipleChoiceKnapsack.LeastCosts([.. parts.Select(part => part.Items)]);
        int alone = Math.Max(0, Array.FindIndex(limits, limit => least[Array.IndexOf(limits, limit)] > (limit.Maximum ?? -limit.Minimum!.Value)));
        string cheapest = string.Join(' ', parts.Select(part => $"{part.Name}={part.Choices[part.Cheapest(alone)]}"));
        double combinations = parts.Aggregate(1.0, (product, part) => product * part.Choices.Length);
        string sums = string.Join(", ", limits.Select((limit, index) => string.Create(
            CultureInfo.InvariantCulture, $"{limit.Key.Metric} {Signed(limit, parts.Sum(part => part.Cost(part.Cheapest(alone), index))):g6}")));
        return new InfeasibleConstraintException(table.File, string.Join(" and ", request.Limits), sums, cheapest, (int)Math.Min(int.MaxValue, combinations));
    }

    private sealed record Part(string Name, string[] Choices, KnapsackPart Items)
    {
        public double Cost(int item, int cost) => Items.Cost(item, cost);

        public int Cheapest(int cost) => Enumerable.Range(0, Choices.Length).MinBy(item => Cost(item, cost));
    }
}
