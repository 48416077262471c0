namespace NasEngine.Predictors.SupportVectors;

/// <summary>The kernel <c>1 + exp(−γ d²)</c>, with <c>d²</c> relative to the mean squared distance of the rows fitted on.</summary>
internal static class RadialKernel
{
    /// <summary>Gives squared distances between rows.</summary>
    /// <param name="values">Row-major <c>[n × columns]</c>.</param>
    /// <param name="rows">The number of rows, <c>n</c>.</param>
    /// <returns><c>[n × n]</c>.</returns>
    public static double[] Distances(ReadOnlySpan<double> values, int rows)
    {
        int columns = values.Length / rows;
        double[] distances = new double[rows * rows];
        for (int row = 0; row < rows; row++)
        {
            for (int other = 0; other < row; other++)
            {
                double distance = Distance(values.Slice(row * columns, columns), values.Slice(other * columns, columns));
                (distances[(row * rows) + other], distances[(other * rows) + row]) = (distance, distance);
            }
        }

        return distances;
    }

    /// <summary>Gives the squared distance of two rows.</summary>
    public static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        (double even, double odd) = (0, 0);
        int index = 0;
        for (; index + 2 <= first.Length; index += 2)
        {
            double one = first[index] - second[index];
            double two = first[index + 1] - second[index + 1];
            (even, odd) = (even + (one * one), odd + (two * two));
        }

        if (index < first.Length)
        {
            double last = first[index] - second[index];
            even += last * last;
        }

        return even + odd;
    }

    /// <summary>Gives the mean of the distances between different rows; 1 if all rows are equal.</summary>
    public static double Scale(double[] distances, int rows)
    {
        double sum = 0;
        foreach (double distance in distances)
        {
            sum += distance;
        }

        return sum > 0 ? sum / (rows * (rows - 1.0)) : 1;
    }

    /// <summary>Gives the kernel of distances.</summary>
    public static double[] Matrix(double[] distances, double rate)
    {
        double[] kernel = new double[distances.Length];
        for (int index = 0; index < kernel.Length; index++)
        {
            kernel[index] = Value(distances[index], rate);
        }

        return kernel;
    }

    /// <summary>Gives the kernel of one distance.</summary>
    public static double Value(double distance, double rate) => 1 + Math.Exp(-rate * distance);

    /// <summary>Gives the sum of kernels with many rows.</summary>
    public static double Sum(ReadOnlySpan<double> point, double[] rows, double[] coefficients, double rate)
    {
        double sum = 0;
        for (int row = 0; row < coefficients.Length; row++)
        {
            sum += coefficients[row] * Value(Distance(point, rows.AsSpan(row * point.Length, point.Length)), rate);
        }

        return sum;
    }
}
