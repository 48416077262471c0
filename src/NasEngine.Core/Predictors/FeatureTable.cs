using System.Collections.Immutable;

namespace NasEngine.Core.Predictors;

/// <summary>Features of architectures: named columns, one row for each. Immutable.</summary>
public sealed class FeatureTable
{
    private readonly double[] _values;

    /// <summary>Initializes a table.</summary>
    /// <param name="columns">The names, no two equal; at least one.</param>
    /// <param name="values">Row-major <c>[rows × columns]</c>; finite.</param>
    /// <param name="kinds">What each column is, or <see langword="null"/> if all are plain quantities.</param>
    /// <exception cref="ArgumentException">The number of values is no multiple of the columns, that of kinds differs, a name comes twice, or a value is not finite.</exception>
    public FeatureTable(IEnumerable<string> columns, ReadOnlySpan<double> values, IEnumerable<FeatureKind>? kinds = null)
    {
        Columns = [.. columns];
        if (Columns.Length == 0 || Columns.Distinct(StringComparer.Ordinal).Count() != Columns.Length)
        {
            throw new ArgumentException($"Columns need names, each its own; got [{string.Join(", ", Columns)}].", nameof(columns));
        }

        if (values.Length % Columns.Length != 0)
        {
            throw new ArgumentException($"Expected values of shape [rows × {Columns.Length}], got {values.Length}.", nameof(values));
        }

        for (int index = 0; index < values.Length; index++)
        {
            if (!double.IsFinite(values[index]))
            {
                throw new ArgumentException($"Feature '{Columns[index % Columns.Length]}' of row {index / Columns.Length} is {values[index]}; it must be finite.", nameof(values));
            }
        }

        _values = values.ToArray();
        Kinds = kinds is null ? [.. Columns.Select(static _ => FeatureKind.Quantity)] : [.. kinds];
        if (Kinds.Length != Columns.Length)
        {
            throw new ArgumentException($"Expected {Columns.Length} kinds, got {Kinds.Length}.", nameof(kinds));
        }
    }

    /// <summary>Initializes a table from rows.</summary>
    /// <param name="columns">The names, no two equal; at least one.</param>
    /// <param name="rows">One finite value for each column in every row.</param>
    /// <param name="kinds">What each column is, or <see langword="null"/> if all are plain quantities.</param>
    /// <exception cref="ArgumentException">A row has another length, that of kinds differs, a name comes twice, or a value is not finite.</exception>
    public FeatureTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<double>> rows, IEnumerable<FeatureKind>? kinds = null)
        : this(columns, rows.SelectMany(row => row.Count == columns.Count ? row : throw new ArgumentException($"A row has {row.Count} values for {columns.Count} columns.", nameof(rows))).ToArray(), kinds)
    {
    }

    /// <summary>Gets the columns' names.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Gets what each column is.</summary>
    public ImmutableArray<FeatureKind> Kinds { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Rows => _values.Length / Columns.Length;

    /// <summary>Gets all values, row-major <c>[rows × columns]</c>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gives the values of a row.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns.Length, Columns.Length);

    /// <summary>Gives a table of some of the rows, in the order asked for.</summary>
    public FeatureTable Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double[] values = new double[rows.Count * Columns.Length];
        for (int index = 0; index < rows.Count; index++)
        {
            Row(rows[index]).CopyTo(values.AsSpan(index * Columns.Length));
        }

        return new FeatureTable(Columns, values, Kinds);
    }

    /// <summary>Gives a table of some of the columns, in the order asked for.</summary>
    public FeatureTable SelectColumns(IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        double[] values = new double[Rows * columns.Count];
        for (int row = 0; row < Rows; row++)
        {
            for (int index = 0; index < columns.Count; index++)
            {
                values[(row * columns.Count) + index] = _values[(row * Columns.Length) + columns[index]];
            }
        }

        return new FeatureTable(columns.Select(column => Columns[column]), values, columns.Select(column => Kinds[column]));
    }
}
