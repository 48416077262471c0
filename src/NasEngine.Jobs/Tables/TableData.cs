using NasEngine.Core.Errors;
using NasEngine.Core.Predictors;
using NasEngine.Core.Spaces;
using NasEngine.Core.Tables;

namespace NasEngine.Jobs.Tables;

/// <summary>A table as features and a target.</summary>
/// <param name="Features">One row for each architecture that has all values.</param>
/// <param name="Targets">What to predict.</param>
/// <param name="LeftOut">How many rows were left out because a value is blank.</param>
/// <param name="Merged">How many rows were averaged into others of the same architecture.</param>
internal sealed record TableData(FeatureTable Features, double[] Targets, int LeftOut, int Merged)
{
    /// <summary>Reads features and target.</summary>
    /// <param name="table">The table.</param>
    /// <param name="genes">Its genes.</param>
    /// <param name="target">A column, or several joined by <c>+</c>.</param>
    /// <param name="features">Further columns to predict from.</param>
    /// <param name="merge">Whether rows of one architecture become one with the mean of their values: otherwise what is fitted on could be judged on.</param>
    /// <exception cref="UsageException">A column is missing, or is both target and feature, or no row has all values.</exception>
    public static TableData Read(CsvTable table, TableGenes genes, string target, IReadOnlyList<string> features, bool merge)
    {
        string[] targetColumns = table.Has(target) ? [target] : target.Split('+', StringSplitOptions.TrimEntries);
        IEnumerable<string> geneColumns = genes.Continuous.Concat((genes.Space?.Layout as TableLayout)?.Columns ?? []);
        if (features.Concat(geneColumns).FirstOrDefault(targetColumns.Contains) is string both)
        {
            throw new UsageException($"'{both}' is the target; it cannot be predicted from itself.");
        }

        double[] targets = table.Sum(target);
        (string Name, double[] Values, FeatureKind Kind)[] given =
        [
            .. genes.Continuous.Select(name => (name, table.Numbers(name), FeatureKind.Value)),
            .. features.Select(name => (name, table.Numbers(name), FeatureKind.Quantity)),
        ];
        ArchitectureFeatures? encoded = genes.Space is SearchSpace space ? new(space, ArchitectureEncoding.All) : null;
        int[] complete = [.. Enumerable.Range(0, table.Rows).Where(row => !double.IsNaN(targets[row]) && given.All(column => !double.IsNaN(column.Values[row])))];
        int[][] groups = merge && encoded is not null
            ? [.. complete.GroupBy(row => (genes.Rows[row], string.Join(' ', genes.Continuous.Select((_, index) => given[index].Values[row])))).Select(group => group.ToArray())]
            : [.. complete.Select(row => new[] { row })];
        if (groups.Length == 0)
        {
            throw new UsageException($"{table.File}: no row has a value for {string.Join(", ", targetColumns.Concat(given.Select(column => column.Name)))}.");
        }

        string[] columns = [.. encoded?.Columns ?? [], .. given.Select(column => column.Name)];
        FeatureKind[] kinds = [.. encoded?.Kinds ?? [], .. given.Select(column => column.Kind)];
        double[] values = new double[groups.Length * columns.Length];
        for (int index = 0; index < groups.Length; index++)
        {
            Span<double> row = values.AsSpan(index * columns.Length, columns.Length);
            encoded?.Of(genes.Rows[groups[index][0]]).CopyTo(row);
            for (int column = 0; column < given.Length; column++)
            {
                row[columns.Length - given.Length + column] = groups[index].Average(member => given[column].Values[member]);
            }
        }

        return new TableData(new FeatureTable(columns, values, kinds), [.. groups.Select(group => group.Average(row => targets[row]))], table.Rows - complete.Length, complete.Length - groups.Length);
    }
}
