namespace NasEngine.Numerics.Pareto;

/// <summary>Sorts rows by their first column, ties by the second, and so on.</summary>
internal static class LexicographicOrder
{
    /// <summary>Fills <paramref name="order"/> with row numbers in ascending order; equal rows end up side by side.</summary>
    /// <param name="values">Row-major <c>[n × m]</c>, no NaN.</param>
    /// <param name="columns">The number of columns, <c>m</c>.</param>
    /// <param name="order">Receives <c>[n]</c> row numbers.</param>
    /// <param name="keys">Scratch, <c>[n]</c>.</param>
    public static void Sort(ReadOnlySpan<double> values, int columns, Span<int> order, Span<double> keys)
    {
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        SortRun(values, columns, 0, order, keys);
    }

    private static void SortRun(ReadOnlySpan<double> values, int columns, int column, Span<int> run, Span<double> keys)
    {
        for (int place = 0; place < run.Length; place++)
        {
            keys[place] = values[(run[place] * columns) + column];
        }

        keys[..run.Length].Sort(run);
        if (column + 1 == columns)
        {
            return;
        }

        for (int start = 0; start < run.Length;)
        {
            int end = start + 1;
            while (end < run.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                SortRun(values, columns, column + 1, run[start..end], keys[start..end]);
                keys[start..end].Fill(values[(run[start] * columns) + column]);
            }

            start = end;
        }
    }
}
