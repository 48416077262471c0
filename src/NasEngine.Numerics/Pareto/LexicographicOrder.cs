using NasEngine.Numerics.Sorting;

namespace NasEngine.Numerics.Pareto;

/// <summary>Sorts rows by their first column, ties by the second, and so on.</summary>
internal static class LexicographicOrder
{
    /// <summary>Fills <paramref name="order"/> with row numbers in ascending order; equal rows end up side by side, in the order of their numbers.</summary>
    /// <param name="values">Row-major <c>[n × m]</c>, no NaN.</param>
    /// <param name="columns">The number of columns, <c>m</c>.</param>
    /// <param name="order">Receives <c>[n]</c> row numbers.</param>
    /// <param name="keys">Receives the first column in that order, <c>[n]</c>.</param>
    /// <param name="scratch">Scratch, <c>[n]</c>.</param>
    public static void Sort(ReadOnlySpan<double> values, int columns, Span<int> order, Span<double> keys, Span<double> scratch)
    {
        for (int row = 0; row < order.Length; row++)
        {
            scratch[row] = values[row * columns];
        }

        KeyOrder.Order(scratch[..order.Length], order, keys);
        if (columns > 1)
        {
            SortTies(values, columns, 0, order, keys, scratch);
        }
    }

    private static void SortRun(ReadOnlySpan<double> values, int columns, int column, Span<int> run, Span<double> keys)
    {
        for (int place = 0; place < run.Length; place++)
        {
            keys[place] = values[(run[place] * columns) + column];
        }

        KeyOrder.Sort(keys, run);
        if (column + 1 < columns)
        {
            SortTies(values, columns, column, run, keys, keys);
        }
    }

    // The scratch may be the sorted keys themselves: a run is overwritten only after its end was found.
    private static void SortTies(ReadOnlySpan<double> values, int columns, int column, Span<int> run, ReadOnlySpan<double> sorted, Span<double> scratch)
    {
        for (int start = 0; start < run.Length;)
        {
            int end = start + 1;
            while (end < run.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                SortRun(values, columns, column + 1, run[start..end], scratch[start..end]);
            }

            start = end;
        }
    }
}
