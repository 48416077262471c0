using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.RobustPosynomial;

/// <summary>Columns brought to where they are not negative, and products of them: the terms that a posynomial adds up.</summary>
/// <param name="Origins">For each column where it counts as 0.</param>
/// <param name="Directions">For each column 1 if latency grows with it, otherwise -1.</param>
/// <param name="Terms">For each term the columns that it multiplies, ascending; a column that comes twice is squared. None is the constant.</param>
internal sealed record Posynomial(double[] Origins, int[] Directions, int[][] Terms)
{
    /// <summary>Computes the columns' distances from their origins; behind its origin a column is 0.</summary>
    public void Shift(ReadOnlySpan<double> features, Span<double> shifted)
    {
        for (int column = 0; column < shifted.Length; column++)
        {
            shifted[column] = Math.Max(0, Directions[column] * (features[column] - Origins[column]));
        }
    }

    /// <summary>Computes the value of a term.</summary>
    public static double Product(int[] term, ReadOnlySpan<double> shifted)
    {
        double product = 1;
        foreach (int column in term)
        {
            product *= shifted[column];
        }

        return product;
    }

    /// <summary>Computes all terms of all rows, row-major <c>[rows × terms]</c>.</summary>
    public double[] Expand(FeatureTable table)
    {
        double[] values = new double[table.Rows * Terms.Length];
        double[] shifted = new double[Origins.Length];
        for (int row = 0; row < table.Rows; row++)
        {
            Shift(table.Row(row), shifted);
            for (int term = 0; term < Terms.Length; term++)
            {
                values[(row * Terms.Length) + term] = Product(Terms[term], shifted);
            }
        }

        return values;
    }

    /// <summary>Lists the products of up to so many columns; a column of two values is not squared, since that tells nothing new.</summary>
    /// <param name="columns">The columns, ascending.</param>
    /// <param name="isBinary">For each column of the table whether it has two values only.</param>
    /// <param name="degree">The most factors.</param>
    public static List<int[]> Products(IReadOnlyList<int> columns, bool[] isBinary, int degree)
    {
        List<int[]> products = [[]];
        int from = 0;
        for (int factors = 1; factors <= degree; factors++)
        {
            int to = products.Count;
            for (int index = from; index < to; index++)
            {
                int[] shorter = products[index];
                foreach (int column in columns.Where(column => shorter.Length == 0 || column > shorter[^1] || (column == shorter[^1] && !isBinary[column])))
                {
                    products.Add([.. shorter, column]);
                }
            }

            from = to;
        }

        return products;
    }

    /// <summary>Counts what <see cref="Products"/> would list.</summary>
    public static int CountProducts(IReadOnlyList<int> columns, bool[] isBinary, int degree)
    {
        // ways[f]: products of exactly f factors out of the columns seen so far.
        long[] ways = new long[degree + 1];
        ways[0] = 1;
        foreach (int column in columns)
        {
            long[] with = [.. ways];
            for (int factors = 1; factors <= degree; factors++)
            {
                for (int power = 1; power <= (isBinary[column] ? 1 : factors); power++)
                {
                    with[factors] += ways[factors - power];
                }
            }

            ways = with;
        }

        return (int)Math.Min(int.MaxValue, ways.Sum());
    }
}
