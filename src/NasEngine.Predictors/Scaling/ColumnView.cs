using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.Scaling;

/// <summary>Some of a table's columns, each as it is or by a rising map.</summary>
/// <param name="Columns">Column numbers, ascending.</param>
/// <param name="Maps">One for each column; <see langword="null"/> for a column that is taken as it is.</param>
internal sealed record ColumnView(int[] Columns, MonotoneMap?[] Maps)
{
    // Correlation of values with their normal scores: normal ones have 1, even ones 0.98, exponential ones 0.9.
    private const double Even = 0.92;

    /// <summary>Gives the columns as they are.</summary>
    public static ColumnView Plain(IEnumerable<int> columns)
    {
        int[] chosen = [.. columns];
        return new ColumnView(chosen, new MonotoneMap?[chosen.Length]);
    }

    /// <summary>Gives the columns with quantities that have long tails or jumps of scale as normal scores.</summary>
    public static ColumnView Rescaled(FeatureTable table, IReadOnlyList<int> columns) => new([.. columns], [.. columns.Select(column => MapOf(table, column))]);

    /// <summary>Gets whether columns stand here as they are.</summary>
    public bool IsPlain => Array.TrueForAll(Maps, static map => map is null);

    /// <summary>Gives the view's table.</summary>
    public FeatureTable Apply(FeatureTable table)
    {
        double[] values = new double[table.Rows * Columns.Length];
        for (int row = 0; row < table.Rows; row++)
        {
            Apply(table.Row(row), values.AsSpan(row * Columns.Length, Columns.Length));
        }

        return new FeatureTable(Columns.Select(column => table.Columns[column]), values, Columns.Select(column => table.Kinds[column]));
    }

    /// <summary>Gives the view of one row.</summary>
    /// <param name="row">All columns' values.</param>
    /// <param name="viewed">Receives one value for each of <see cref="Columns"/>.</param>
    public void Apply(ReadOnlySpan<double> row, Span<double> viewed)
    {
        for (int index = 0; index < Columns.Length; index++)
        {
            double value = row[Columns[index]];
            viewed[index] = Maps[index] is MonotoneMap map ? map.LimitScore(map.Score(value)) : value;
        }
    }

    private static MonotoneMap? MapOf(FeatureTable table, int column)
    {
        if (table.Kinds[column] != FeatureKind.Quantity)
        {
            return null;
        }

        double[] values = ValuesOf(table, column);
        return MonotoneMap.ToNormalScores(values) is MonotoneMap map && !map.IsNearlyLinear(values, Even) ? map : null;
    }

    private static double[] ValuesOf(FeatureTable table, int column)
    {
        double[] values = new double[table.Rows];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = table.Row(row)[column];
        }

        return values;
    }
}
