using System.Buffers;

namespace NasEngine.Numerics.LinearAlgebra;

/// <summary>Least squares whose coefficients may not be negative.</summary>
/// <remarks>Bro, de Jong: A Fast Non-Negativity-Constrained Least Squares Algorithm, 1997 (FNNLS), over the normal equations.</remarks>
public static class NonNegativeLeastSquares
{
    /// <summary>Minimises <c>½ xᵀ·G·x − cᵀ·x</c> over <c>x</c> with some coefficients kept at 0 or above.</summary>
    /// <param name="gram"><c>G</c>, symmetric positive semi-definite, row-major <c>[n × n]</c>.</param>
    /// <param name="right"><c>c</c>, <c>[n]</c>.</param>
    /// <param name="isFree"><c>[n]</c>: coefficients that may be negative; empty if none may.</param>
    /// <param name="solution">
    /// <c>[n]</c>: receives <c>x</c>. What it holds before is where the search starts: zeros, or the solution of a similar problem, which is quicker.
    /// Values below 0 that may not be are taken as 0.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>An active set of coefficients above 0 grows one at a time; each step solves a Cholesky system of its size.</remarks>
    public static void Solve(ReadOnlySpan<double> gram, ReadOnlySpan<double> right, ReadOnlySpan<bool> isFree, Span<double> solution)
    {
        int size = right.Length;
        if (gram.Length != size * size || solution.Length != size || (isFree.Length != size && isFree.Length != 0))
        {
            throw new ArgumentException($"Expected [{size} × {size}], [{size}] and [{size}] values, got {gram.Length}, {solution.Length} and {isFree.Length}.", nameof(gram));
        }

        bool[] passive = new bool[size];
        double[] trial = new double[size];
        double tolerance = 0;
        for (int row = 0; row < size; row++)
        {
            passive[row] = solution[row] > 0 || IsFree(isFree, row);
            solution[row] = passive[row] ? solution[row] : 0;
            tolerance = Math.Max(tolerance, 1e-12 * Math.Abs(right[row]));
        }

        bool[] barred = new bool[size];
        Settle(gram, right, isFree, passive, trial, solution);
        for (int step = 0; step < 10 * size; step++)
        {
            int entering = -1;
            double steepest = tolerance;
            for (int row = 0; row < size; row++)
            {
                double gradient = passive[row] || barred[row] ? 0 : right[row] - DenseLinearSystem.Dot(gram.Slice(row * size, size), solution);
                (entering, steepest) = gradient > steepest ? (row, gradient) : (entering, steepest);
            }

            if (entering < 0)
            {
                return;
            }

            passive[entering] = true;
            Settle(gram, right, isFree, passive, trial, solution);
            if (passive[entering])
            {
                Array.Clear(barred);
            }

            barred[entering] = !passive[entering]; // rounding threw it out again at once: trying it again would not end
        }
    }

    // Moves to the unconstrained optimum over the passive set; coefficients that would turn negative on the way leave it.
    private static void Settle(
        ReadOnlySpan<double> gram, ReadOnlySpan<double> right, ReadOnlySpan<bool> isFree, bool[] passive, double[] trial, Span<double> solution)
    {
        while (true)
        {
            SolvePassive(gram, right, passive, trial);
            (double reach, int leaving) = (1, -1);
            for (int row = 0; row < passive.Length; row++)
            {
                if (passive[row] && trial[row] <= 0 && !IsFree(isFree, row))
                {
                    double span = solution[row] - trial[row];
                    double allowed = span > 0 ? solution[row] / span : 0;
                    (reach, leaving) = leaving < 0 || allowed < reach ? (allowed, row) : (reach, leaving);
                }
            }

            for (int row = 0; row < passive.Length; row++)
            {
                double moved = leaving < 0 ? trial[row] : solution[row] + (reach * (trial[row] - solution[row]));
                solution[row] = passive[row] ? moved : 0;
                if (leaving >= 0 && passive[row] && !IsFree(isFree, row) && (row == leaving || moved <= 0))
                {
                    (passive[row], solution[row]) = (false, 0);
                }
            }

            if (leaving < 0)
            {
                return;
            }
        }
    }

    private static bool IsFree(ReadOnlySpan<bool> isFree, int row) => isFree.Length > 0 && isFree[row];

    private static void SolvePassive(ReadOnlySpan<double> gram, ReadOnlySpan<double> right, bool[] passive, double[] trial)
    {
        int size = passive.Length;
        int[] rows = ArrayPool<int>.Shared.Rent(size);
        int count = 0;
        for (int row = 0; row < size; row++)
        {
            trial[row] = 0;
            if (passive[row])
            {
                rows[count++] = row;
            }
        }

        double[] matrix = ArrayPool<double>.Shared.Rent(Math.Max(1, count * count));
        double[] vector = ArrayPool<double>.Shared.Rent(Math.Max(1, count));
        for (int i = 0; i < count; i++)
        {
            vector[i] = right[rows[i]];
            for (int j = 0; j < count; j++)
            {
                matrix[(i * count) + j] = gram[(rows[i] * size) + rows[j]];
            }
        }

        if (count > 0)
        {
            DenseLinearSystem.SolveWithJitter(matrix.AsSpan(0, count * count), vector.AsSpan(0, count));
        }

        for (int i = 0; i < count; i++)
        {
            trial[rows[i]] = vector[i];
        }

        ArrayPool<int>.Shared.Return(rows);
        ArrayPool<double>.Shared.Return(matrix);
        ArrayPool<double>.Shared.Return(vector);
    }
}
