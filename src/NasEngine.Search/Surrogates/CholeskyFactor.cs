namespace NasEngine.Search.Surrogates;

/// <summary>The Cholesky factor of a symmetric positive definite matrix that grows by rows.</summary>
/// <remarks>A row that is appended has the same bits as in a factor made at once, since both are made row by row. Not thread-safe.</remarks>
internal sealed class CholeskyFactor
{
    private const double LeastPivot = 1e-10;

    private double[][] _rows = new double[16][];

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gives a row of <c>L</c>: <c>row + 1</c> values, the last of them the diagonal's.</summary>
    public ReadOnlySpan<double> Row(int row) => _rows[row];

    /// <summary>Forgets the rows from some place on.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Appends a row and column.</summary>
    /// <param name="row">The matrix's new row up to and with the diagonal, <c>[Count + 1]</c>. A pivot that rounding has made too small is held at 1e-10 of the diagonal.</param>
    /// <remarks>O(n²).</remarks>
    public void Append(ReadOnlySpan<double> row)
    {
        double[] factor = row.ToArray();
        for (int column = 0; column < Count; column++)
        {
            ReadOnlySpan<double> above = _rows[column];
            factor[column] = (factor[column] - Lanes.Dot(factor.AsSpan(0, column), above)) / above[column];
        }

        double pivot = row[Count] - Lanes.Dot(factor.AsSpan(0, Count), factor);
        factor[Count] = Math.Sqrt(Math.Max(pivot, LeastPivot * row[Count]));
        Adopt(factor);
    }

    /// <summary>Appends a row of the factor itself, as <see cref="Row"/> of another one gives it.</summary>
    public void Adopt(ReadOnlySpan<double> row)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, 2 * Count);
        }

        _rows[Count++] = row.ToArray();
    }

    /// <summary>Solves <c>L · x = b</c> in place, from some place on.</summary>
    /// <param name="vector"><c>b</c>, <c>[n]</c>; receives <c>x</c>.</param>
    /// <param name="from">Elements before this place are solved already.</param>
    public void SolveLower(Span<double> vector, int from = 0)
    {
        for (int row = from; row < vector.Length; row++)
        {
            vector[row] = (vector[row] - Lanes.Dot(vector[..row], _rows[row])) / _rows[row][row];
        }
    }

    /// <summary>Solves <c>Lᵀ · x = b</c> in place.</summary>
    /// <param name="vector"><c>b</c>, <c>[n]</c>; receives <c>x</c>.</param>
    public void SolveUpper(Span<double> vector)
    {
        for (int row = vector.Length - 1; row >= 0; row--)
        {
            vector[row] /= _rows[row][row];
            Lanes.AddScaled(vector[..row], _rows[row], -vector[row]);
        }
    }

    /// <summary>Gives the matrix's inverse, row-major <c>[n × n]</c>, both triangles.</summary>
    public double[] Inverse()
    {
        int size = Count;
        double[][] columns = new double[size][]; // of the inverse of L
        for (int column = 0; column < size; column++)
        {
            double[] values = columns[column] = new double[size];
            values[column] = 1 / _rows[column][column];
            for (int row = column + 1; row < size; row++)
            {
                values[row] = -Lanes.Dot(values.AsSpan(column, row - column), _rows[row].AsSpan(column)) / _rows[row][row];
            }
        }

        double[] inverse = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = row; column < size; column++)
            {
                double value = Lanes.Dot(columns[row].AsSpan(column), columns[column].AsSpan(column));
                (inverse[(row * size) + column], inverse[(column * size) + row]) = (value, value);
            }
        }

        return inverse;
    }

    /// <summary>Gives the logarithm of the matrix's determinant.</summary>
    public double LogDeterminant()
    {
        double sum = 0;
        for (int row = 0; row < Count; row++)
        {
            sum += Math.Log(_rows[row][row]);
        }

        return 2 * sum;
    }
}
