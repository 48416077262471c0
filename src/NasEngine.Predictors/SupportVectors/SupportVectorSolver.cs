namespace NasEngine.Predictors.SupportVectors;

/// <summary>Solves the dual of ε-insensitive support vector regression without an offset.</summary>
/// <remarks>
/// Minimises <c>½ βᵀKβ − yᵀβ + ε‖β‖₁</c> with every <c>|β| ≤ C</c>, one coefficient at a time in closed form. Without an offset there is no equality
/// to keep, so that single coordinates suffice (Steinwart, Hush, Scovel: Training SVMs Without Offset, 2011); the kernel carries a constant instead.
/// </remarks>
internal static class SupportVectorSolver
{
    private const int MostSweeps = 300;
    private const double Tolerance = 1e-3;

    /// <summary>Improves coefficients until no single one moves noticeably.</summary>
    /// <param name="kernel">Row-major <c>[n × n]</c>, symmetric, with a positive diagonal.</param>
    /// <param name="targets"><c>[n]</c>, about standard deviation 1.</param>
    /// <param name="limit"><c>C</c>, above 0.</param>
    /// <param name="tube"><c>ε</c>, not negative.</param>
    /// <param name="coefficients"><c>[n]</c>: where to start, within the limit; receives the solution.</param>
    public static void Solve(ReadOnlySpan<double> kernel, ReadOnlySpan<double> targets, double limit, double tube, Span<double> coefficients)
    {
        int rows = targets.Length;
        double[] fitted = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            if (coefficients[row] != 0)
            {
                Add(fitted, kernel.Slice(row * rows, rows), coefficients[row]);
            }
        }

        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double most = 0;
            for (int row = 0; row < rows; row++)
            {
                double diagonal = kernel[(row * rows) + row];
                double wanted = (targets[row] - fitted[row]) + (diagonal * coefficients[row]);
                double shrunk = Math.Sign(wanted) * Math.Max(0, Math.Abs(wanted) - tube);
                double change = Math.Clamp(shrunk / diagonal, -limit, limit) - coefficients[row];
                if (change != 0)
                {
                    coefficients[row] += change;
                    Add(fitted, kernel.Slice(row * rows, rows), change);
                    most = Math.Max(most, Math.Abs(change) * diagonal);
                }
            }

            if (most < Tolerance)
            {
                return;
            }
        }
    }

    private static void Add(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        values = values[..sums.Length];
        int index = 0;
        if (System.Numerics.Vector.IsHardwareAccelerated)
        {
            System.Numerics.Vector<double> spread = new(factor);
            int width = System.Numerics.Vector<double>.Count;
            for (; index + width <= sums.Length; index += width)
            {
                System.Numerics.Vector<double> sum = new System.Numerics.Vector<double>(sums[index..]) + (spread * new System.Numerics.Vector<double>(values[index..]));
                sum.CopyTo(sums[index..]);
            }
        }

        for (; index < sums.Length; index++)
        {
            sums[index] += factor * values[index];
        }
    }
}
