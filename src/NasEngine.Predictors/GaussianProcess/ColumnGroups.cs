namespace NasEngine.Predictors.GaussianProcess;

/// <summary>Puts columns that share a length scale into one group: those whose names begin alike, up to the first <c>[</c> or <c>.</c>.</summary>
internal static class ColumnGroups
{
    // More length scales than this are not learnt from hundreds of rows: all columns share one.
    private const int Most = 8;

    /// <summary>Gives each column its group, from 0 without gaps.</summary>
    public static int[] Of(IReadOnlyList<string> columns)
    {
        string[] names = [.. columns.Select(column => column.Split('[', '.')[0])];
        List<string> groups = [.. names.Distinct(StringComparer.Ordinal)];
        return groups.Count > Most ? new int[columns.Count] : [.. names.Select(name => groups.IndexOf(name))];
    }
}
