using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>Puts columns that share a length scale into one group: those of one gene, or of one kind of property.</summary>
/// <param name="Groups">For every column its group, from 0 without gaps.</param>
/// <param name="AreCategorical">For every group whether it holds the choices of a gene, of which any two differ by as much.</param>
internal sealed record ColumnGroups(int[] Groups, bool[] AreCategorical)
{
    // More length scales than this are not learnt from hundreds of rows.
    private const int Most = 64;

    /// <summary>Groups a table's columns: by gene, or, where that gives too many groups, by dimension, or all into one.</summary>
    public static ColumnGroups Of(FeatureTable table)
    {
        ColumnGroups? groups = Grouped(table, GeneOf) ?? Grouped(table, static name => name.Split('[', '.', '=')[0]);
        return groups ?? new ColumnGroups(new int[table.Columns.Length], [false]);
    }

    // 'kernel[3].active' and 'kernel[3]=5' belong to 'kernel[3]', 'graph.most=skip' to 'graph.most'.
    private static string GeneOf(string name) => name.IndexOf(']', StringComparison.Ordinal) is var end and >= 0 ? name[..(end + 1)] : name.Split('=')[0];

    private static ColumnGroups? Grouped(FeatureTable table, Func<string, string> keyOf)
    {
        (string Name, bool IsCategorical)[] keys = [.. table.Columns.Select((name, column) => (keyOf(name), table.Kinds[column] == FeatureKind.OneHot))];
        List<(string Name, bool IsCategorical)> groups = [.. keys.Distinct()];
        return groups.Count > Most ? null : new ColumnGroups([.. keys.Select(key => groups.IndexOf(key))], [.. groups.Select(static group => group.IsCategorical)]);
    }
}
