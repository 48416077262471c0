using System.Buffers;

namespace NasEngine.Numerics.LinearAlgebra;

/// <summary>Solves small symmetric positive definite systems.</summary>
public static class DenseLinearSystem
{
    /// <summary>Factorises a symmetric positive definite matrix into <c>L · Lᵀ</c>, in place.</summary>
    /// <param name="matrix">Row-major <c>[n × n]</c>; the lower triangle is read, and receives <c>L</c>. The rest is left as it is.</param>
    /// <param name="size">The number of rows, <c>n</c>.</param>
    /// <returns><see langword="false"/> if the matrix is not positive definite to working precision; its lower triangle is then spoilt.</returns>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    /// <remarks>O(n³ / 3), allocates nothing.</remarks>
    public static bool TryCholesky(Span<double> matrix, int size)
    {
        CheckSquare(matrix.Length, size);
        for (int row = 0; row < size; row++)
        {
            Span<double> current = matrix.Slice(row * size, row + 1);
            for (int column = 0; column < row; column++)
            {
                ReadOnlySpan<double> above = matrix.Slice(column * size, column + 1);
                current[column] = (current[column] - Dot(current[..column], above[..column])) / above[column];
            }

            double pivot = current[row] - Dot(current[..row], current[..row]);
            if (!(pivot > 1e-14 * Math.Abs(current[row])) || !double.IsFinite(pivot))
            {
                return false;
            }

            current[row] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Solves <c>L · Lᵀ · x = b</c>, in place.</summary>
    /// <param name="factor">What <see cref="TryCholesky"/> gave, <c>[n × n]</c>.</param>
    /// <param name="vector"><c>b</c>, <c>[n]</c>; receives <c>x</c>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>O(n²), allocates nothing.</remarks>
    public static void SolveFactored(ReadOnlySpan<double> factor, Span<double> vector)
    {
        int size = vector.Length;
        SolveLower(factor, vector);
        for (int row = size - 1; row >= 0; row--)
        {
            double value = vector[row] / factor[(row * size) + row];
            vector[row] = value;
            ReadOnlySpan<double> coefficients = factor.Slice(row * size, row);
            for (int column = 0; column < row; column++)
            {
                vector[column] -= coefficients[column] * value;
            }
        }
    }

    /// <summary>Solves <c>L · x = b</c>, in place.</summary>
    /// <param name="factor">A lower triangle, <c>[n × n]</c>.</param>
    /// <param name="vector"><c>b</c>, <c>[n]</c>; receives <c>x</c>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void SolveLower(ReadOnlySpan<double> factor, Span<double> vector)
    {
        int size = vector.Length;
        CheckSquare(factor.Length, size);
        for (int row = 0; row < size; row++)
        {
            ReadOnlySpan<double> coefficients = factor.Slice(row * size, row + 1);
            vector[row] = (vector[row] - Dot(coefficients[..row], vector[..row])) / coefficients[row];
        }
    }

    /// <summary>Solves <c>A · x = b</c> for a symmetric positive semi-definite <c>A</c>, adding to the diagonal what it takes.</summary>
    /// <param name="matrix"><c>A</c>, row-major <c>[n × n]</c>; its lower triangle is read. Receives the factor.</param>
    /// <param name="vector"><c>b</c>, <c>[n]</c>; receives <c>x</c>.</param>
    /// <returns>What was added to each diagonal element, relative to their mean: 0, or a power of ten from 1e-12 to 1.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or <c>A</c> has no positive diagonal even so.</exception>
    public static double SolveWithJitter(Span<double> matrix, Span<double> vector)
    {
        int size = vector.Length;
        CheckSquare(matrix.Length, size);
        double[] original = ArrayPool<double>.Shared.Rent(Math.Max(1, matrix.Length));
        try
        {
            matrix.CopyTo(original);
            double mean = 0;
            for (int row = 0; row < size; row++)
            {
                mean += matrix[(row * size) + row] / size;
            }

            for (double jitter = 0; jitter <= 1; jitter = jitter == 0 ? 1e-12 : jitter * 10)
            {
                original.AsSpan(0, matrix.Length).CopyTo(matrix);
                for (int row = 0; row < size; row++)
                {
                    matrix[(row * size) + row] += jitter * mean;
                }

                if (TryCholesky(matrix, size))
                {
                    SolveFactored(matrix, vector);
                    return jitter;
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(original);
        }

        throw new ArgumentException($"The [{size} × {size}] matrix is far from positive definite.", nameof(matrix));
    }

    /// <summary>Computes a sum of products; the order of summation is fixed, so equal inputs give equal bits.</summary>
    /// <param name="first">Values, <c>[n]</c>.</param>
    /// <param name="second">At least as many values; those beyond <c>n</c> are left out.</param>
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        (double a, double b, double c, double d) = (0, 0, 0, 0);
        int index = 0;
        for (; index + 4 <= first.Length; index += 4)
        {
            a += first[index] * second[index];
            b += first[index + 1] * second[index + 1];
            c += first[index + 2] * second[index + 2];
            d += first[index + 3] * second[index + 3];
        }

        for (; index < first.Length; index++)
        {
            a += first[index] * second[index];
        }

        return (a + b) + (c + d);
    }

    private static void CheckSquare(int length, int size)
    {
        if (size < 0 || length != size * size)
        {
            throw new ArgumentException($"Expected a matrix of shape [{size} × {size}] = {size * size} values, got {length}.", nameof(length));
        }
    }
}
