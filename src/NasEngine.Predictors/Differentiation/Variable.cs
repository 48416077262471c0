namespace NasEngine.Predictors.Differentiation;

/// <summary>A matrix with its gradient, row-major <c>[rows × columns]</c>.</summary>
internal sealed class Variable(int rows, int columns, double[] values)
{
    public Variable(int rows, int columns)
        : this(rows, columns, new double[rows * columns])
    {
    }

    public int Rows => rows;

    public int Columns => columns;

    public double[] Values => values;

    /// <summary>Gets the derivatives of the loss by each value; zeros until a tape is run backwards.</summary>
    public double[] Gradients { get; } = new double[values.Length];

    /// <summary>Gets whether nobody asks for the gradients, as with a network's input.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Draws weights with Kaiming's uniform distribution: within one over the root of the rows, which are the inputs.</summary>
    public static Variable Drawn(int rows, int columns, Random random)
    {
        Variable drawn = new(rows, columns);
        double bound = 1 / Math.Sqrt(rows);
        for (int index = 0; index < drawn.Values.Length; index++)
        {
            drawn.Values[index] = bound * ((2 * random.NextDouble()) - 1);
        }

        return drawn;
    }

    /// <summary>Gives a matrix of one value.</summary>
    public static Variable Filled(int rows, int columns, double value)
    {
        Variable filled = new(rows, columns);
        filled.Values.AsSpan().Fill(value);
        return filled;
    }
}
