using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Scaling;

/// <summary>Finds the columns that say something: those that vary, and of equal ones the first.</summary>
internal static class DistinctColumns
{
    /// <summary>Gives column numbers, ascending; the first column if none varies.</summary>
    /// <remarks>Columns that are multiples of each other, shifted or not, count as equal: they have equal standardised values.</remarks>
    public static int[] Of(FeatureTable table) => Within(table, [.. Enumerable.Range(0, table.Columns.Length)]);

    /// <summary>Gives those of some columns, ascending; the first column of the table if none varies.</summary>
    public static int[] Within(FeatureTable table, IReadOnlyList<int> columns)
    {
        Standardization standardization = Standardization.Of(table);
        HashSet<string> seen = [];
        List<int> kept = [];
        foreach (int column in columns)
        {
            if (standardization.Deviations[column] > 0 && seen.Add(Key(table, column, standardization)))
            {
                kept.Add(column);
            }
        }

        return kept.Count > 0 ? [.. kept] : [0];
    }

    private static string Key(FeatureTable table, int column, Standardization standardization)
    {
        Span<char> key = new char[table.Rows * 2];
        double first = table.Row(0)[column] - standardization.Means[column];
        for (int row = 0; row < table.Rows; row++)
        {
            // Rounded to about six digits of a standard deviation, with the first row's sign taken as positive.
            double scaled = (table.Row(row)[column] - standardization.Means[column]) / standardization.Deviations[column];
            int rounded = (int)Math.Round(Math.Clamp(first < 0 ? -scaled : scaled, -2000, 2000) * 1e6);
            (key[2 * row], key[(2 * row) + 1]) = ((char)(rounded & 0xffff), (char)(rounded >> 16));
        }

        return key.ToString();
    }
}
